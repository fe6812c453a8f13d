package io.nelbo.jobs.demo.feed;

import java.time.Duration;

/** The wall clock that paces the feeder; a test brings its own. */
public interface FeedClock {
  /** Only differences mean something. */
  long nanos();

  void sleep(Duration duration) throws InterruptedException;

  /** The machine's. */
  static FeedClock system() {
    return new FeedClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
