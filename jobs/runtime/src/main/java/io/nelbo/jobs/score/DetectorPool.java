package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.UnusableModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors that a subtask has open. Loading happens on one named thread of its own; the task
 * thread only ever waits, and only up to the timeout, counted once per model. Owned by the task
 * thread, which closes it; that frees all native memory.
 */
final class DetectorPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorPool.class);
  private static final long FIRST_RETRY_MILLIS = 100;
  private static final long LAST_RETRY_MILLIS = 10_000;

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

  private static final class Entry {
    private final CompletableFuture<Detector> detector = new CompletableFuture<>();
    private final CompletableFuture<Void> missing = new CompletableFuture<>();
    private final CompletableFuture<Object> settled = CompletableFuture.anyOf(detector, missing);
    private long deadlineNanos;
    private boolean waitedFor;
    private boolean noted;

    /** Waits until it is open, refused, or known to be missing. */
    Detector await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
      settled.get(nanos, TimeUnit.NANOSECONDS);
      return detector.get(0, TimeUnit.NANOSECONDS);
    }

    boolean isMissing() {
      return missing.isDone() && !detector.isDone();
    }

    boolean isOpen() {
      return detector.isDone() && !detector.isCompletedExceptionally();
    }
  }

  private final DetectorFactory factory;
  private final Duration timeout;
  private final int capacity;
  private final LongSupplier nanoClock;
  private final LoadListener listener;
  private final ScheduledExecutorService loader;
  // Least recently used first.
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(8, 0.75f, true);

  /** Hears of loads; called on the loader's thread, and on the task's for a model in use. */
  interface LoadListener {
    void loaded(ModelNotice notice, Duration took);

    void refused(ModelNotice notice, ArtifactException.Reason reason);

    /** One detector has left the GPU for want of memory. */
    void movedToCpu();
  }

  DetectorPool(
      String name,
      DetectorFactory factory,
      Duration timeout,
      int capacity,
      LongSupplier nanoClock,
      LoadListener listener) {
    this.factory = factory;
    this.timeout = timeout;
    this.capacity = capacity;
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
  void prepare(ModelNotice notice) {
    entry(notice);
  }

  boolean isReady(ModelNotice notice) {
    Entry entry = entries.get(Key.of(notice));
    return entry != null && entry.isOpen();
  }

  /**
   * Waits for the model, at most until its timeout since it was first waited for; not at all for
   * what is missing in the store, for nobody knows whether it will ever be there.
   */
  Outcome acquire(ModelNotice notice) throws InterruptedException {
    Entry entry = entry(notice);
    if (!entry.waitedFor) {
      entry.waitedFor = true;
      entry.deadlineNanos = nanoClock.getAsLong() + timeout.toNanos();
    }
    try {
      long left = Math.max(0, entry.deadlineNanos - nanoClock.getAsLong());
      return new Outcome.Ready(entry.await(left));
    } catch (TimeoutException late) {
      return new Outcome.NotInTime();
    } catch (ExecutionException failed) {
      return new Outcome.Refused(
          failed.getCause() instanceof ArtifactException refusal
              ? refusal.reason()
              : ArtifactException.Reason.INVALID);
    }
  }

  /** Closes a detector that cannot score and never opens it again. */
  void refuse(ModelNotice notice, UnusableModelException failed) {
    Entry open = entries.remove(Key.of(notice));
    if (open != null) {
      closeQuietly(open);
    }
    Entry refused = new Entry();
    entries.put(Key.of(notice), refused);
    refuse(
        notice,
        refused,
        new ArtifactException(
            ArtifactException.Reason.INVALID, String.valueOf(failed.getMessage())));
  }

  /** Tells of each detector for which this holds once, the first time that it does. */
  void noteMoved(Predicate<Detector> moved) {
    for (Entry entry : entries.values()) {
      if (!entry.noted && entry.isOpen() && moved.test(entry.detector.join())) {
        entry.noted = true;
        listener.movedToCpu();
      }
    }
  }

  /**
   * Closes the least recently used detectors beyond the capacity, and looks no longer for the
   * missing ones beyond it. Not while one is in use. What is still loading or was refused does not
   * count: many announcements at once must not drive out who stands in.
   */
  void trim() {
    if (entries.size() > capacity) {
      trim(Entry::isOpen);
      trim(Entry::isMissing);
    }
  }

  private void trim(Predicate<Entry> kind) {
    long held = entries.values().stream().filter(kind).count();
    Iterator<Entry> eldest = entries.values().iterator();
    while (held > capacity && eldest.hasNext()) {
      Entry entry = eldest.next();
      if (kind.test(entry)) {
        eldest.remove();
        closeQuietly(entry);
        held--;
      }
    }
  }

  private Entry entry(ModelNotice notice) {
    Entry known = entries.get(Key.of(notice));
    if (known != null) {
      return known;
    }
    Entry entry = new Entry();
    entries.put(Key.of(notice), entry);
    loader.execute(() -> load(notice, entry, FIRST_RETRY_MILLIS));
    return entry;
  }

  private void load(ModelNotice notice, Entry entry, long retryMillis) {
    if (entry.detector.isCancelled()) {
      return; // nobody asks for it any more
    }
    long start = nanoClock.getAsLong();
    try {
      Detector detector = factory.open(notice);
      LOG.info("model {} {} is ready to score", notice.modelId(), notice.version());
      listener.loaded(notice, Duration.ofNanos(nanoClock.getAsLong() - start));
      if (!entry.detector.complete(detector)) {
        detector.close();
      }
    } catch (ArtifactException refusal) {
      if (refusal.reason() == ArtifactException.Reason.MISSING) {
        entry.missing.complete(null);
        tryAgain(notice, entry, retryMillis, refusal);
      } else {
        refuse(notice, entry, refusal);
      }
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError unreachable) {
      tryAgain(notice, entry, retryMillis, unreachable);
    }
  }

  /** After what is no function of the bytes: another subtask might well open it. */
  @SuppressWarnings("FutureReturnValueIgnored") // load() hands every failure to the entry
  private void tryAgain(ModelNotice notice, Entry entry, long afterMillis, Throwable cause) {
    LOG.warn(
        "model {} {} cannot be opened from {} yet, trying again in {} ms: {}",
        notice.modelId(),
        notice.version(),
        notice.uri(),
        afterMillis,
        cause.toString());
    loader.schedule(
        () -> load(notice, entry, Math.min(2 * afterMillis, LAST_RETRY_MILLIS)),
        afterMillis,
        TimeUnit.MILLISECONDS);
  }

  private void refuse(ModelNotice notice, Entry entry, ArtifactException refusal) {
    LOG.warn(
        "model {} {} is refused ({}): {}; the model before it, if any, stays in force",
        notice.modelId(),
        notice.version(),
        refusal.reason(),
        refusal.getMessage());
    listener.refused(notice, refusal.reason());
    entry.detector.completeExceptionally(refusal);
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
    entries.values().forEach(DetectorPool::closeQuietly);
    entries.clear();
  }

  private static void closeQuietly(Entry entry) {
    // Whoever completes first owns the detector: a load that ends after this closes its own.
    entry.detector.cancel(false);
    if (!entry.detector.isCompletedExceptionally()) {
      entry.detector.join().close();
    }
  }
}
