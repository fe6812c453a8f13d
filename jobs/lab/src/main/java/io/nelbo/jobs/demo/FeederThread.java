package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.FeedClock;
import io.nelbo.jobs.demo.feed.FeedPlan;
import io.nelbo.jobs.demo.feed.FeedProgress;
import io.nelbo.jobs.demo.feed.Feeder;
import io.nelbo.jobs.demo.feed.KafkaRecordSink;
import io.nelbo.jobs.kafka.RecordProducer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Feeds the input on a thread of its own, from construction until its end or {@link #close}. */
final class FeederThread implements AutoCloseable {
  private static final Duration TRAINING_PATIENCE = Duration.ofMinutes(6);
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final FeedProgress progress;
  private final FeedClock clock;
  private final long begunNanos;
  private final AtomicBoolean halt = new AtomicBoolean();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;

  /**
   * Starts to feed.
   *
   * @param stop ends it early when it becomes true
   */
  FeederThread(
      DemoInput input,
      RecordProducer producer,
      FeedProgress progress,
      FeedClock clock,
      BooleanSupplier stop) {
    this.progress = progress;
    this.clock = clock;
    begunNanos = clock.nanos();
    FeedPlan plan =
        new FeedPlan(
            input.feed().speed(), input.borders(), Duration.ZERO, TRAINING_PATIENCE, SETTLE);
    Feeder feeder = new Feeder(plan, new KafkaRecordSink(producer), progress, clock, progress);
    BooleanSupplier isOver =
        () -> stop.getAsBoolean() || halt.get() || fedFor().compareTo(input.feed().duration()) > 0;
    thread = new Thread(() -> feed(feeder, input, isOver), "demo-feeder");
    thread.start();
  }

  private void feed(Feeder feeder, DemoInput input, BooleanSupplier isOver) {
    try {
      feeder.feed(input.feed().ticks(), isOver);
    } catch (InterruptedException | RuntimeException e) {
      failure.set(e);
    }
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Wall time so far, without the waits for training. */
  Duration fedFor() {
    return Duration.ofNanos(clock.nanos() - begunNanos).minus(progress.waited());
  }

  /**
   * @param standing how far the run has come, in words
   * @throws IllegalStateException with the cause if the feeding has failed
   */
  void requireNoFailure(String standing) {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(cause.getMessage() + "; " + standing, cause);
    }
  }

  /** Ends the feeding and waits for that. */
  @Override
  public void close() throws InterruptedException {
    halt.set(true);
    thread.join();
  }
}
