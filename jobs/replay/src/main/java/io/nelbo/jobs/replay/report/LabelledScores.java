package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ReplayFigures;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.text.NumberText;
import java.util.List;

/**
 * The scored rows of a replay, parted by their labels.
 *
 * @param scored rows with a score
 * @param anomalous how many of them are labelled anomalous
 * @param normal how many are labelled normal
 */
record LabelledScores(List<ScoreRow> scored, long anomalous, long normal) {
  static LabelledScores of(List<ScoreRow> rows) {
    List<ScoreRow> scored = rows.stream().filter(ScoreRow::isScored).toList();
    return new LabelledScores(
        scored,
        scored.stream().filter(row -> row.label() == 1).count(),
        scored.stream().filter(row -> row.label() == 0).count());
  }

  boolean hasBothLabels() {
    return anomalous > 0 && normal > 0;
  }

  /** Rows labelled normal; all that are not labelled anomalous when none is. */
  List<ScoreRow> takenAsNormal() {
    return ReplayFigures.takenAsNormal(scored);
  }

  /** Which rows those are, in words. */
  String whoIsNormal() {
    if (normal > 0) {
      return NumberText.count(normal, "record") + " labelled normal";
    }
    return "all "
        + NumberText.count(scored.size() - anomalous, "record")
        + " without a label, anomalies among them, which raises the measured rate";
  }

  double[] scores() {
    return labelled().stream().mapToDouble(ScoreRow::alertScore).toArray();
  }

  boolean[] labels() {
    List<ScoreRow> labelled = labelled();
    boolean[] labels = new boolean[labelled.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = labelled.get(row).label() == 1;
    }
    return labels;
  }

  private List<ScoreRow> labelled() {
    return scored.stream().filter(row -> row.label() >= 0).toList();
  }
}
