package io.nelbo.jobs.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does something every so often on a thread of its own, until it is closed. */
final class Disturber implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;
  private static final long END_SECONDS = 60;

  /** One disturbing deed. */
  @FunctionalInterface
  interface Deed {
    void run() throws Exception;
  }

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread disturber = new Thread(task, "nelbo-bench-disturber");
            disturber.setDaemon(true);
            return disturber;
          });
  private final AtomicLong done = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Starts at once; {@link #close} tells if a deed failed. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
  Disturber(Deed deed) {
    thread.scheduleWithFixedDelay(() -> attempt(deed), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void attempt(Deed deed) {
    try {
      deed.run();
      done.incrementAndGet();
    } catch (Exception failed) {
      if (!thread.isShutdown()) {
        failure.compareAndSet(null, failed);
      }
    }
  }

  long done() {
    return done.get();
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the disturbance does not end");
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the disturbance failed: the figures say nothing", failed);
    }
  }
}
