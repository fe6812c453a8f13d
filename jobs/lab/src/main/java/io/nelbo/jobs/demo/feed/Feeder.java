package io.nelbo.jobs.demo.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Feeds records in accelerated time, and pauses at each slide border until training has decided, so
 * that accelerated time does not outrun training. Only the feeder waits; the jobs never do.
 *
 * <p>The retrain job closes a span when event time has passed its border. So the records at the
 * border are fed first, and then the feeder waits.
 */
public final class Feeder {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final FeedPlan plan;
  private final RecordSink sink;
  private final Decisions decisions;
  private final FeedClock clock;
  private final FeedListener listener;

  private long anchorNanos;
  private Instant anchor = Instant.MIN;

  public Feeder(
      FeedPlan plan, RecordSink sink, Decisions decisions, FeedClock clock, FeedListener listener) {
    this.plan = plan;
    this.sink = sink;
    this.decisions = decisions;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Feeds until {@code ticks} end or {@code stop} says so; what was fed has arrived on return.
   *
   * @param ticks records of one instant each, in order of time
   * @throws IllegalStateException if training does not decide in time
   */
  public void feed(Iterator<List<FeedRecord>> ticks, BooleanSupplier stop)
      throws InterruptedException {
    int passed = 0;
    anchor = Instant.MIN;
    while (ticks.hasNext() && !stop.getAsBoolean()) {
      List<FeedRecord> tick = ticks.next();
      Instant time = tick.get(0).time();
      pace(time, stop);
      tick.forEach(sink::send);
      listener.fed(time, tick.size());
      while (passed < plan.borders().size() && isPast(plan.borders().get(passed), time)) {
        awaitDecision(plan.borders().get(passed), ++passed, stop);
        anchor = Instant.MIN;
      }
    }
    sink.flush();
  }

  private boolean isPast(Instant border, Instant time) {
    return !time.isBefore(border.plus(plan.orderBound()));
  }

  private void pace(Instant time, BooleanSupplier stop) throws InterruptedException {
    if (Double.isInfinite(plan.speed())) {
      return;
    }
    if (anchor.equals(Instant.MIN)) {
      anchor = time;
      anchorNanos = clock.nanos();
      return;
    }
    double dueNanos = Duration.between(anchor, time).toNanos() / plan.speed();
    long early = (long) dueNanos - (clock.nanos() - anchorNanos);
    while (early > 1_000_000 && !stop.getAsBoolean()) {
      clock.sleep(Duration.ofNanos(Math.min(early, 200_000_000)));
      early = (long) dueNanos - (clock.nanos() - anchorNanos);
    }
  }

  private void awaitDecision(Instant border, int wanted, BooleanSupplier stop)
      throws InterruptedException {
    sink.flush();
    listener.waiting(border);
    long begun = clock.nanos();
    while (decisions.count() < wanted) {
      if (stop.getAsBoolean()) {
        return;
      }
      if (clock.nanos() - begun > plan.decisionTimeout().toNanos()) {
        throw new IllegalStateException(
            "Training has not decided about the span that ended at %s within %s of wall time: look at the retrain job in the web UI, or give more time"
                .formatted(border, plan.decisionTimeout()));
      }
      clock.sleep(LOOK_AGAIN);
    }
    clock.sleep(plan.settle());
    listener.decided(border);
  }
}
