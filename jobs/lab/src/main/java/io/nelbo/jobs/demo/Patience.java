package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.FeedClock;
import java.time.Duration;

/** How long to wait for what makes progress: not longer than so much without any. */
final class Patience {
  private final FeedClock clock;
  private long known = Long.MIN_VALUE;
  private long sinceNanos;

  Patience(FeedClock clock) {
    this.clock = clock;
    sinceNanos = clock.nanos();
  }

  /**
   * @param progress any number that only stays the same where there is none
   */
  boolean isOver(long progress, Duration limit) {
    if (progress != known) {
      known = progress;
      sinceNanos = clock.nanos();
    }
    return clock.nanos() - sinceNanos > limit.toNanos();
  }
}
