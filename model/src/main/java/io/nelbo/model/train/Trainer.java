package io.nelbo.model.train;

import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.network.EngineThreads;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains one model at a time: the engine allows one gradient collector per process, so a second
 * training waits for the first.
 */
public final class Trainer {
  /** Spans of fewer records are refused: a fifth of them would say nothing. */
  public static final int LEAST_RECORDS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  /** The engine's own limit is per process, hence the one static that remembers. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

  private final Clock clock;
  private final String device;

  /** Trains on the CPU, where a seed gives the same bits. */
  public Trainer() {
    this(Clock.systemUTC(), "cpu");
  }

  /**
   * @param clock for the budget and the report's seconds
   * @param device {@code auto}, {@code cpu} or {@code gpu:<index>}
   */
  public Trainer(Clock clock, String device) {
    this.clock = clock;
    this.device = device;
  }

  /**
   * Trains on the calling thread.
   *
   * @throws TrainingException when the span is too small, the loss is not a number, or the listener
   *     stopped it
   */
  public Training train(TrainingRequest request, TrainingListener listener)
      throws TrainingException {
    if (request.span().records() < LEAST_RECORDS) {
      throw new TrainingException(
          String.format(
              "the span holds %s records, training needs at least %s",
              request.span().records(), LEAST_RECORDS));
    }
    EngineThreads.warnUnlessOne();
    lock(request);
    try {
      return new TrainingRun(request, clock, EngineDevice.named(device)).run(listener);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static void lock(TrainingRequest request) throws TrainingException {
    if (ONE_AT_A_TIME.isLocked()) {
      LOG.info("Training of {} waits: another one runs in this process", request.modelId());
    }
    try {
      ONE_AT_A_TIME.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("training was stopped while it waited for another one", e);
    }
  }
}
