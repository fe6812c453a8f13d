package io.nelbo.model.learn;

import io.nelbo.model.train.TrainingSpan;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How many p-values of a piece of the stream are rare, among every W-th record, since neighbouring
 * windows share records.
 *
 * <p>A series that alarms at half of its records is in an episode, which is no drift, and is left
 * out; when half of the series or more do, it is the records that have changed.
 *
 * @param rows that were looked at
 * @param rare of them below {@link #EXPECTED}
 */
public record RareShare(int rows, int rare) {
  /** A p-value below it is rare; a model that fits finds this share of the records there. */
  public static final double EXPECTED = 0.1;

  /** The share of fewer records says little. */
  private static final int LEAST_ROWS = 50;

  /** Nothing was looked at. */
  public static final RareShare NONE = new RareShare(0, 0);

  /**
   * Counts.
   *
   * @param span the one that was scored
   */
  public static RareShare of(TrainingSpan span, IncumbentScores scores, int windowLength) {
    Map<String, Count> bySeries = new TreeMap<>();
    for (int index = 0; index < span.segments().size(); index++) {
      Count count =
          bySeries.computeIfAbsent(span.segments().get(index).series(), name -> new Count());
      double[] pValues = scores.pValues().get(index);
      for (int row = windowLength - 1; row < pValues.length; row += windowLength) {
        if (!Double.isNaN(pValues[row])) {
          count.rows++;
          count.rare += pValues[row] < EXPECTED ? 1 : 0;
          count.alarms += pValues[row] <= scores.border() ? 1 : 0;
        }
      }
    }
    bySeries.values().removeIf(count -> count.rows == 0);
    long episodes = bySeries.values().stream().filter(Count::isEpisode).count();
    boolean leftOut = 2 * episodes < bySeries.size();
    int rows = 0;
    int rare = 0;
    for (Count count : bySeries.values()) {
      if (!leftOut || !count.isEpisode()) {
        rows += count.rows;
        rare += count.rare;
      }
    }
    return new RareShare(rows, rare);
  }

  /** Empty where the records are too few to say anything. */
  public OptionalDouble share() {
    return rows < LEAST_ROWS ? OptionalDouble.empty() : OptionalDouble.of((double) rare / rows);
  }

  private static final class Count {
    private int rows;
    private int rare;
    private int alarms;

    boolean isEpisode() {
      return 2 * alarms >= rows;
    }
  }
}
