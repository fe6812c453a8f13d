package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.FeedClock;
import java.time.Duration;

/** Adds up the wall time in which there is something to do. One thread only. */
final class BusyTime {
  private final FeedClock clock;
  private long sumNanos;
  private long lastNanos;
  private boolean wasBusy;

  BusyTime(FeedClock clock) {
    this.clock = clock;
    lastNanos = clock.nanos();
  }

  /** Time counts until the next look where there is something to do now. */
  void look(boolean isBusy) {
    long now = clock.nanos();
    sumNanos += wasBusy ? now - lastNanos : 0;
    lastNanos = now;
    wasBusy = isBusy;
  }

  Duration sum() {
    return Duration.ofNanos(sumNanos);
  }
}
