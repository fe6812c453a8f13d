package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.LabelText;
import io.nelbo.jobs.values.ValueFormatException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The column that tells what is anomalous where nobody says which: by its name and its values. */
final class LabelColumn {
  /** Not yet an anomaly: only where there is no better one. */
  private static final String CHANGE_POINT = "changepoint";

  private static final Set<String> NAMES =
      Set.of(
          "label",
          "labels",
          "anomaly",
          "anomalies",
          "anomalous",
          "isanomaly",
          "isanomalous",
          "anomalylabel",
          "outlier",
          "isoutlier",
          "outlierlabel",
          "attack",
          "isattack",
          "attacklabel",
          "groundtruth",
          "fault",
          "isfault",
          "faulty",
          CHANGE_POINT);

  private LabelColumn() {}

  /** The first one; times and series are none, a change point comes last. */
  static Optional<String> find(FirstRows rows, CsvColumns columns) {
    return rows.header().stream()
        .filter(column -> !columns.named().contains(column))
        .filter(column -> isOne(column, rows.cells(column)))
        .min(Comparator.comparing(column -> FirstRows.bare(column).equals(CHANGE_POINT)));
  }

  /** Whether a column of this name and with these cells tells anomalies. */
  static boolean isOne(String column, List<String> cells) {
    return NAMES.contains(FirstRows.bare(column))
        && !cells.isEmpty()
        && cells.stream().allMatch(LabelColumn::isLabel);
  }

  private static boolean isLabel(String cell) {
    try {
      LabelText.parse(cell);
      return true;
    } catch (ValueFormatException e) {
      return false;
    }
  }
}
