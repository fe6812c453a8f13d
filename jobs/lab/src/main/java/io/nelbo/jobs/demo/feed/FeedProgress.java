package io.nelbo.jobs.demo.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far the feeder is; written on its thread, read on the viewer's. */
public final class FeedProgress implements FeedListener, Decisions {
  private final FeedClock clock;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong waitedNanos = new AtomicLong();
  private final AtomicLong waitingSince = new AtomicLong();
  private final AtomicInteger decisions = new AtomicInteger();
  private volatile Optional<Instant> newest = Optional.empty();
  private volatile boolean waiting;

  public FeedProgress(FeedClock clock) {
    this.clock = clock;
  }

  @Override
  public void fed(Instant time, int count) {
    newest = Optional.of(time);
    records.addAndGet(count);
  }

  @Override
  public void waiting(Instant at) {
    waitingSince.set(clock.nanos());
    waiting = true;
  }

  @Override
  public void decided(Instant at) {
    waitedNanos.addAndGet(clock.nanos() - waitingSince.get());
    waiting = false;
  }

  @Override
  public int count() {
    return decisions.get();
  }

  /** Passed on from the models topic. */
  public void decisionSeen() {
    decisions.incrementAndGet();
  }

  public long records() {
    return records.get();
  }

  /** Event time of the last record that was fed. */
  public Optional<Instant> newest() {
    return newest;
  }

  public boolean isWaiting() {
    return waiting;
  }

  /** Wall time spent waiting for training, the present wait included. */
  public Duration waited() {
    long present = waiting ? clock.nanos() - waitingSince.get() : 0;
    return Duration.ofNanos(waitedNanos.get() + present);
  }
}
