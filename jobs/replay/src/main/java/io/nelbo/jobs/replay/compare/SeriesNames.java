package io.nelbo.jobs.replay.compare;

import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.List;

/**
 * What a series is called in both of two replays. Two of one series each need not call it the same:
 * files without a column for it give it the detector's name.
 *
 * @param onlyOne whether there is but one series in each
 */
record SeriesNames(boolean onlyOne) {
  static SeriesNames of(List<ScoreRow> first, List<ScoreRow> second) {
    return new SeriesNames(isOne(first) && isOne(second));
  }

  private static boolean isOne(List<ScoreRow> rows) {
    return rows.stream().map(ScoreRow::series).distinct().limit(2).count() == 1;
  }

  /** The same for the same series of either. */
  String common(String name) {
    return onlyOne ? "" : name;
  }
}
