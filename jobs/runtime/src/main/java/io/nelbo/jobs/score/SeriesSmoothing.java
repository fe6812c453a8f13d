package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.Smoothing;
import io.nelbo.model.calibrate.RecentScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * What each series' last records scored, while one batch is: read from the state of its key once,
 * written once, and not before all is well, for a batch that a refused model spoils is scored
 * again. The state is its own, apart from the window, so that nobody else has it in hands when a
 * batch is flushed in the midst of a record.
 */
final class SeriesSmoothing implements Smoothing {
  private final int records;
  private final long maxGapMillis;
  private final ValueState<RecentScores> state;
  private final KeyContext keys;
  private final Map<String, RecentScores> inBatch = new HashMap<>();

  /**
   * @param records over which the mean runs; 1 for none
   * @param maxGapMillis after which a series starts again
   * @param state of the series that is the current key
   */
  SeriesSmoothing(int records, long maxGapMillis, ValueState<RecentScores> state, KeyContext keys) {
    this.records = records;
    this.maxGapMillis = maxGapMillis;
    this.state = state;
    this.keys = keys;
  }

  @Override
  public boolean isOn() {
    return records > 1;
  }

  @Override
  public void restart() {
    inBatch.clear();
  }

  @Override
  public RecentScores at(String series, long eventTimeMillis) {
    RecentScores recent = inBatch.computeIfAbsent(series, this::remembered);
    recent.arrive(eventTimeMillis, maxGapMillis);
    return recent;
  }

  @Override
  public void keep() {
    inBatch.forEach(
        (series, recent) ->
            onKeyOf(
                series,
                () -> {
                  state.update(recent);
                  return recent;
                }));
    inBatch.clear();
  }

  /** Forgets the series that is the current key. */
  void forget() {
    state.clear();
  }

  private RecentScores remembered(String series) {
    return onKeyOf(
        series,
        () -> {
          RecentScores known = state.value();
          return known != null && known.isOf(records) ? known.copy() : new RecentScores(records);
        });
  }

  /** A batch mixes series and may be flushed while a record of another one is at hand. */
  private RecentScores onKeyOf(String series, Access access) {
    @Nullable Object atHand = keys.getCurrentKey();
    keys.setCurrentKey(series);
    try {
      return access.run();
    } catch (IOException e) {
      throw new UncheckedIOException("state of series " + series + " cannot be read or written", e);
    } finally {
      if (atHand != null) {
        keys.setCurrentKey(atHand);
      }
    }
  }

  private interface Access {
    RecentScores run() throws IOException;
  }
}
