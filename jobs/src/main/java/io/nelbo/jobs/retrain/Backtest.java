package io.nelbo.jobs.retrain;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Decisions about a recording. The recording waits for each of them, and a training takes the event
 * time that is configured instead of the time that it happens to take: the same records give the
 * same decisions. They are kept here in place of a model topic.
 *
 * <p>A job graph carries a copy; all copies in this process stand for the same decisions.
 */
public final class Backtest implements ModelHistory, AutoCloseable {
  private static final long serialVersionUID = 1;
  private static final Map<String, List<ModelNotice>> OPEN = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private final long trainingMillis;

  /**
   * Begins without any decision.
   *
   * @param trainingTime event time from the end of a span to the end of its training
   */
  public Backtest(Duration trainingTime) {
    trainingMillis = trainingTime.toMillis();
    OPEN.put(name, new CopyOnWriteArrayList<>());
  }

  /** The decisions so far, in their order. */
  @Override
  public List<ModelNotice> read() {
    return List.copyOf(decisions());
  }

  /** Takes the next decision down; returns it with its place. */
  ModelNotice announce(ModelNotice notice) {
    ModelNotice placed = notice.withOffset(decisions().size());
    decisions().add(placed);
    return placed;
  }

  /** Event time at which a training of a span that ends here has ended. */
  long trainedAt(long spanEndMillis) {
    return spanEndMillis + trainingMillis;
  }

  private List<ModelNotice> decisions() {
    List<ModelNotice> decisions = OPEN.get(name);
    if (decisions == null) {
      throw new IllegalStateException("this backtest is closed, or of another process");
    }
    return decisions;
  }

  @Override
  public void close() {
    OPEN.remove(name);
  }
}
