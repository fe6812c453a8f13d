package io.nelbo.jobs.replay.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.IntervalUtils;

/**
 * Whether p-values keep their word: of the records that are normal, a share of {@code asked} should
 * have a p-value of at most {@code asked}.
 *
 * @param asked false-alarm rate
 * @param measured share of the rows with a p-value at most that
 * @param low end of the 95 % interval of the measured rate (Clopper and Pearson 1934); records that
 *     follow one another are alike, so the truth is wider
 * @param high other end
 * @param rows normal records, or all scored ones when no record is labelled
 */
public record CalibrationCheck(double asked, double measured, double low, double high, int rows) {
  private static final double[] RATES = {
    0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00001
  };
  private static final double CONFIDENCE = 0.95;

  /** At the rates that this many rows can tell: at least one false alarm is expected. */
  static List<CalibrationCheck> of(List<ScoreRow> rows) {
    boolean labelled = rows.stream().anyMatch(row -> row.isScored() && row.label() == 0);
    double[] pValues =
        rows.stream()
            .filter(row -> row.isScored() && (!labelled || row.label() == 0))
            .mapToDouble(ScoreRow::pValue)
            .sorted()
            .toArray();
    List<CalibrationCheck> checks = new ArrayList<>();
    for (double rate : RATES) {
      if (rate * pValues.length >= 1) {
        checks.add(at(rate, pValues));
      }
    }
    return checks;
  }

  private static CalibrationCheck at(double asked, double[] sorted) {
    int found = (int) Arrays.stream(sorted).takeWhile(p -> p <= asked).count();
    ConfidenceInterval interval =
        IntervalUtils.getClopperPearsonInterval(sorted.length, found, CONFIDENCE);
    double low = found == 0 ? 0 : interval.getLowerBound();
    double high = found == sorted.length ? 1 : interval.getUpperBound();
    return new CalibrationCheck(asked, (double) found / sorted.length, low, high, sorted.length);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", asked);
    fields.put("measured", measured);
    fields.put("low", low);
    fields.put("high", high);
    fields.put("rows", rows);
    return fields;
  }
}
