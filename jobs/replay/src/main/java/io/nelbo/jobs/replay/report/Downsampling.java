package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fewer rows that draw the same picture: every anomaly, and of each stretch of consecutive rows the
 * one with the highest score.
 */
final class Downsampling {
  private final int most;

  /**
   * @param most rows that are kept; of more than half as many anomalies, the worst of each stretch
   */
  Downsampling(int most) {
    this.most = most;
  }

  /** Keeps the order; takes scored rows of one series. */
  List<ScoreRow> of(List<ScoreRow> rows) {
    if (rows.size() <= most) {
      return rows;
    }
    List<Integer> anomalies = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).anomaly()) {
        anomalies.add(row);
      }
    }
    BitSet kept = new BitSet(rows.size());
    worstOfEach(Math.min(anomalies.size(), most / 2), anomalies, rows, kept);
    int stretches = most - kept.cardinality();
    worstOfEach(stretches, null, rows, kept);
    return kept.stream().mapToObj(rows::get).toList();
  }

  /** Marks the worst row of each of so many stretches of the chosen rows, or of all rows. */
  private static void worstOfEach(
      int stretches, @Nullable List<Integer> chosen, List<ScoreRow> rows, BitSet kept) {
    int size = chosen == null ? rows.size() : chosen.size();
    for (int stretch = 0; stretch < stretches; stretch++) {
      int worst = -1;
      int end = (int) ((stretch + 1L) * size / stretches);
      for (int i = (int) ((long) stretch * size / stretches); i < end; i++) {
        int row = chosen == null ? i : chosen.get(i);
        if (worst < 0 || rows.get(row).alertScore() > rows.get(worst).alertScore()) {
          worst = row;
        }
      }
      if (worst >= 0) {
        kept.set(worst);
      }
    }
  }
}
