package io.nelbo.jobs.retrain.run;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between the task's thread and the trainer's: hands one order at a time over, brings its end back
 * through the mailbox, and gives up an order that takes too long. Used by the task's thread.
 */
final class OrderDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);

  private final TrainerThread trainer = new TrainerThread();
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService time;
  private final Duration limit;
  private final String givenUp;
  private @Nullable ScheduledFuture<?> patience;
  private long number;

  /**
   * @param limit wall time of one order
   * @param givenUp what is said of an order that takes longer
   */
  OrderDesk(MailboxExecutor mailbox, ProcessingTimeService time, Duration limit, String givenUp) {
    this.mailbox = mailbox;
    this.time = time;
    this.limit = limit;
    this.givenUp = givenUp;
  }

  boolean isBusy() {
    return trainer.isBusy();
  }

  /** Starts an order; exactly one of the listeners hears of its end, on the task's thread. */
  <T> void start(TrainerThread.Work<T> work, Consumer<T> done, Consumer<String> failed) {
    long own = ++number;
    trainer.start(
        work,
        result -> handOver(own, () -> done.accept(result)),
        reason -> handOver(own, () -> failed.accept(reason)));
    patience =
        time.registerTimer(
            time.getCurrentProcessingTime() + limit.toMillis(), now -> giveUp(own, failed));
  }

  /** On the trainer's thread. */
  private void handOver(long own, Runnable listener) {
    try {
      mailbox.execute(() -> end(own, listener), "model decision");
    } catch (RejectedExecutionException closed) {
      LOG.info("the task ended before it heard of a decision; a restart takes it again", closed);
    }
  }

  private void end(long own, Runnable listener) {
    if (own != number) {
      return; // given up meanwhile
    }
    number++;
    if (patience != null) {
      patience.cancel(false);
    }
    trainer.done();
    listener.run();
  }

  private void giveUp(long own, Consumer<String> failed) {
    if (own == number) {
      number++;
      trainer.giveUp();
      failed.accept(givenUp);
    }
  }

  /** Whether it is closed and nothing is under way any more, not even what was given up. */
  boolean isEnded() {
    return trainer.isEnded();
  }

  @Override
  public void close() throws InterruptedException {
    trainer.close();
  }
}
