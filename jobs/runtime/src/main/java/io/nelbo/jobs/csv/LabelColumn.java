package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.LabelText;
import io.nelbo.jobs.values.ValueFormatException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The column that tells what is anomalous where nobody says which: by its name and its values. */
final class LabelColumn {
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
          "changepoint");

  private LabelColumn() {}

  /** The first one; times and series are none. */
  static Optional<String> find(FirstRows rows, CsvColumns columns) {
    return rows.header().stream()
        .filter(column -> !columns.named().contains(column))
        .filter(column -> isOne(column, rows.cells(column)))
        .findFirst();
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
