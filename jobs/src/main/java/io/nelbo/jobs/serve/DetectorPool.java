package io.nelbo.jobs.serve;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.UnusableModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors that a subtask has open. Loading happens on one named thread of its own; the task
 * thread only ever waits, and only up to the timeout, counted once per model. Owned by the task
 * thread, which closes it; that frees all native memory.
 */
public final class DetectorPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorPool.class);

  /** What became of a request for a detector. */
  sealed interface Outcome {
    record Ready(Detector detector) implements Outcome {}

    /** The artifact is bad, for ever: a function of its bytes. */
    record Refused(ArtifactException.Reason reason) implements Outcome {}

    record NotInTime() implements Outcome {}
  }

  /** What is opened: a rollback to an artifact that is open need not open it again. */
  private record Key(String modelId, String version, String uri, String sha256) {
    static Key of(ModelNotice notice) {
      return new Key(notice.modelId(), notice.version(), notice.uri(), notice.sha256());
    }
  }

  // An entry is made when its artifact is first asked for. It dies
  //   1. open, as the least recently used beyond the capacity (trim);
  //   2. missing in the store, as the least recently used beyond the capacity (trim);
  //   3. with the pool (close).
  // It survives a refusal, so that nobody opens the artifact again. Its detector dies with it, or
  //   4. when it is refused in use (refuse);
  //   5. when it was opened for an entry that had died meanwhile: the loader closes it (load).

  private final DetectorFactory factory;
  private final PoolLimits limits;
  private final LongSupplier nanoClock;
  private final LoadListener listener;
  private final ScheduledExecutorService loader;
  // Least recently used first.
  private final LinkedHashMap<Key, DetectorEntry> entries = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * An empty one.
   *
   * @param name that its thread carries
   */
  public DetectorPool(
      String name,
      DetectorFactory factory,
      PoolLimits limits,
      LongSupplier nanoClock,
      LoadListener listener) {
    this.factory = factory;
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.listener = listener;
    this.loader =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "nelbo-model-loader-" + name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts loading, if that has not been done yet. */
  public void prepare(ModelNotice notice) {
    entry(notice);
  }

  boolean isReady(ModelNotice notice) {
    DetectorEntry entry = entries.get(Key.of(notice));
    return entry != null && isOpen(entry);
  }

  /**
   * Waits for the model, at most until its timeout since it was first waited for; not at all for
   * what is missing in the store, for nobody knows whether it will ever be there.
   */
  Outcome acquire(ModelNotice notice) throws InterruptedException {
    LoadPhase phase = entry(notice).await(limits.loadTimeout(), nanoClock.getAsLong());
    if (phase instanceof LoadPhase.Open open) {
      return new Outcome.Ready(open.detector());
    }
    if (phase instanceof LoadPhase.Refused refused) {
      return new Outcome.Refused(refused.reason());
    }
    return new Outcome.NotInTime();
  }

  /** Closes a detector that cannot score and never opens it again. */
  void refuse(ModelNotice notice, UnusableModelException failed) {
    refuse(
        notice,
        entries.computeIfAbsent(Key.of(notice), key -> new DetectorEntry()),
        new ArtifactException(
            ArtifactException.Reason.INVALID, String.valueOf(failed.getMessage())));
  }

  /** Tells of each detector for which this holds once, the first time that it does. */
  void noteMoved(Predicate<Detector> moved) {
    for (DetectorEntry entry : entries.values()) {
      if (entry.hasNewlyMoved(moved)) {
        listener.movedToCpu();
      }
    }
  }

  /**
   * Closes the least recently used detectors beyond the capacity, and looks no longer for the
   * missing ones beyond it. Not while one is in use. What is still loading or was refused does not
   * count: many announcements at once must not drive out who stands in.
   */
  public void trim() {
    if (entries.size() > limits.mostOpen()) {
      trim(DetectorPool::isOpen);
      trim(entry -> entry.phase() instanceof LoadPhase.Missing);
    }
  }

  private void trim(Predicate<DetectorEntry> kind) {
    long held = entries.values().stream().filter(kind).count();
    Iterator<DetectorEntry> eldest = entries.values().iterator();
    while (held > limits.mostOpen() && eldest.hasNext()) {
      DetectorEntry entry = eldest.next();
      if (kind.test(entry)) {
        eldest.remove();
        entry.close();
        held--;
      }
    }
  }

  private static boolean isOpen(DetectorEntry entry) {
    return entry.phase() instanceof LoadPhase.Open;
  }

  private DetectorEntry entry(ModelNotice notice) {
    DetectorEntry known = entries.get(Key.of(notice));
    if (known != null) {
      return known;
    }
    DetectorEntry entry = new DetectorEntry();
    entries.put(Key.of(notice), entry);
    loader.execute(() -> load(notice, entry));
    return entry;
  }

  private void load(ModelNotice notice, DetectorEntry entry) {
    if (!entry.begins()) {
      return;
    }
    long start = nanoClock.getAsLong();
    try {
      Detector detector = factory.open(notice);
      LOG.info("model {} {} is ready to score", notice.modelId(), notice.version());
      listener.loaded(notice, Duration.ofNanos(nanoClock.getAsLong() - start));
      if (!entry.opened(detector)) {
        detector.close();
      }
    } catch (ArtifactException refusal) {
      if (refusal.reason() == ArtifactException.Reason.MISSING) {
        tryAgain(notice, entry, entry.missing(), refusal);
      } else {
        refuse(notice, entry, refusal);
      }
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError unreachable) {
      // No function of the bytes: another subtask might well open it.
      tryAgain(notice, entry, entry.failed(), unreachable);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // load() hands every failure to the entry
  private void tryAgain(
      ModelNotice notice, DetectorEntry entry, OptionalLong afterMillis, Throwable cause) {
    if (afterMillis.isEmpty()) {
      return; // nobody asks for it any more
    }
    LOG.warn(
        "model {} {} cannot be opened from {} yet, trying again in {} ms: {}",
        notice.modelId(),
        notice.version(),
        notice.uri(),
        afterMillis.getAsLong(),
        cause.toString());
    loader.schedule(() -> load(notice, entry), afterMillis.getAsLong(), TimeUnit.MILLISECONDS);
  }

  private void refuse(ModelNotice notice, DetectorEntry entry, ArtifactException refusal) {
    LOG.warn(
        "model {} {} is refused ({}): {}; the model before it, if any, stays in force",
        notice.modelId(),
        notice.version(),
        refusal.reason(),
        refusal.getMessage());
    listener.refused(notice, refusal.reason());
    entry.refused(refusal.reason());
  }

  @Override
  public void close() {
    loader.shutdownNow();
    boolean ended = false;
    try {
      ended = loader.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      LOG.warn("the model loader did not end within 10 s; its model is closed when it does");
    }
    entries.values().forEach(DetectorEntry::close);
    entries.clear();
  }
}
