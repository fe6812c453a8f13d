package io.nelbo.jobs.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other threads bring about, with an end to its patience. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Await() {}

  /** Returns once the condition holds; an {@link AssertionError} names what never came. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, PATIENCE, condition);
  }

  /** The same, with a patience of one's own. */
  public static void until(String what, Duration patience, Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + patience + " in vain until " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
