package io.nelbo.jobs.store;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second retrain job off a model, by a file in the store that its owner renews.
 *
 * <p>File systems of all kinds have no common lock. So a lease is written and then read: of two
 * that begin in the same moment, the one who finds the other's name gives way, at the latest with
 * its next renewal. The same owner may always take over; the attempt before it then gives way.
 * Nobody compares another's times with his own clock: a lease has run out for who has not seen it
 * change for {@link #LENGTH}. Not thread-safe.
 */
public final class StoreLease {
  /** How long it holds without a renewal. */
  public static final Duration LENGTH = Duration.ofMinutes(1);

  /** How often to renew. */
  public static final Duration RENEWAL = LENGTH.dividedBy(6);

  private static final Logger LOG = LoggerFactory.getLogger(StoreLease.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long MOST_BYTES = 1 << 16;
  private static final String UNKNOWN = "unknown";

  /** Waits, or is interrupted. */
  @FunctionalInterface
  public interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  private final String what;
  private final StoreFiles files;
  private final Path file;
  private final LongSupplier clock;
  private final Pause pause;
  private Lease own;

  /**
   * Not taken yet.
   *
   * @param owner the job, through restarts and restores
   * @param attempt this run of it
   * @param place where it runs, for people
   * @param clock wall clock in epoch milliseconds
   * @throws IOException when Flink has no file system for the store
   */
  public StoreLease(
      ModelConfig model,
      String owner,
      String attempt,
      String place,
      LongSupplier clock,
      Pause pause)
      throws IOException {
    this.what = "model %s in %s".formatted(model.id(), model.store());
    this.files = StoreFiles.of(model);
    this.file = files.path(model.id() + "/.retrain-lease");
    this.clock = clock;
    this.pause = pause;
    this.own = new Lease(owner, attempt, place, Instant.EPOCH, Instant.EPOCH);
  }

  /**
   * For a model that has governed already: its store cannot be new.
   *
   * @throws IOException when the store's root is not there, as with a mount that is late
   */
  public void requireStore() throws IOException {
    if (files.status(files.root()).filter(FileStatus::isDir).isEmpty()) {
      throw new IOException("store " + files.root() + " is not reachable");
    }
  }

  /**
   * Takes it, once it is free, ours or run out. Whether another owner lives is seen by his
   * renewals: a dead one is waited for as long as a lease holds, from the first look on.
   *
   * @throws LeaseLostException when another owner renews it; the message names him
   * @throws IOException when the store cannot be reached
   */
  public void take() throws IOException, InterruptedException {
    Optional<Lease> found = found().filter(this::isOthers);
    found.ifPresent(
        other ->
            LOG.info(
                "{} is leased to job {} on {} until {}: waiting to see whether it is renewed",
                what,
                other.owner(),
                other.place(),
                other.until()));
    Instant unchangedSince = now();
    while (found.isPresent() && now().isBefore(unchangedSince.plus(LENGTH))) {
      pause.await(LOOK);
      Optional<Lease> next = found().filter(this::isOthers);
      if (!next.equals(found)) {
        requireNotRenewed(found.get(), next);
        found = next;
        unchangedSince = now();
      }
    }
    own = new Lease(own.owner(), own.attempt(), own.place(), now(), now().plus(LENGTH));
    files.replace(file, own.write());
    requireStillOurs();
  }

  /**
   * Prolongs it.
   *
   * @throws LeaseLostException when another has it
   * @throws IOException when it has run out and the store still cannot be reached
   */
  public void renew() throws IOException {
    try {
      requireStore(); // or the lease would be made anew where a mount has gone
      requireStillOurs();
      Lease longer =
          new Lease(own.owner(), own.attempt(), own.place(), own.since(), now().plus(LENGTH));
      files.replace(file, longer.write());
      own = longer;
    } catch (LeaseLostException lost) {
      throw lost;
    } catch (IOException unreachable) {
      if (!now().isBefore(own.until())) {
        throw unreachable;
      }
      LOG.warn(
          "the lease of {} was not renewed, it holds until {}", what, own.until(), unreachable);
    }
  }

  /** Gives it back, unless another has it. */
  public void release() throws IOException {
    Optional<Lease> found = found();
    if (found.isPresent() && found.get().attempt().equals(own.attempt())) {
      files.delete(file);
    }
  }

  private void requireStillOurs() throws IOException {
    Optional<Lease> found = found();
    if (found.filter(StoreLease::isUnknown).isPresent()) {
      throw new IOException(file + " is being written, or is no lease: nobody can say whose it is");
    }
    if (found.isPresent() && !found.get().attempt().equals(own.attempt())) {
      throw isOthers(found.get())
          ? refusal(found.get())
          : new LeaseLostException(
              "%s: a later run of this job on %s has taken over at %s, this one ends"
                  .formatted(what, found.get().place(), found.get().since()));
    }
  }

  /** One that begins or ends to be unreadable is being written, nobody can say by whom. */
  private void requireNotRenewed(Lease before, Optional<Lease> next) throws LeaseLostException {
    if (next.isPresent() && !isUnknown(before) && !isUnknown(next.get())) {
      throw refusal(next.get());
    }
  }

  private LeaseLostException refusal(Lease other) {
    return new LeaseLostException(
        ("%s is retrained by another job, %s on %s, since %s (its lease runs until %s and is"
                + " renewed): two would announce models against each other; stop one of them, or"
                + " give this one a model.id of its own")
            .formatted(what, other.owner(), other.place(), other.since(), other.until()));
  }

  private boolean isOthers(Lease lease) {
    return !lease.owner().equals(own.owner());
  }

  private static boolean isUnknown(Lease lease) {
    return lease.owner().equals(UNKNOWN);
  }

  /**
   * What is no lease is being written, or was never finished: then it runs out as well. A store
   * that cannot be read says nothing about whose it is.
   */
  private Optional<Lease> found() throws IOException {
    Optional<FileStatus> status = files.status(file);
    if (status.isEmpty()) {
      return Optional.empty();
    }
    Instant written = Instant.ofEpochMilli(status.get().getModificationTime());
    try {
      return Lease.read(files.read(file, MOST_BYTES))
          .or(
              () ->
                  Optional.of(new Lease(UNKNOWN, UNKNOWN, UNKNOWN, written, written.plus(LENGTH))));
    } catch (ArtifactException unusable) {
      if (unusable.reason() == Reason.MISSING) {
        return Optional.empty(); // given back since
      }
      throw unusable;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.getAsLong());
  }
}
