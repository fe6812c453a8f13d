package io.nelbo.jobs.stream;

import io.nelbo.model.score.Attribution;
import java.util.ArrayList;
import java.util.List;

/**
 * The features to blame for one anomaly, worst first, as columns: flat, so that Flink serialises it
 * without Kryo.
 *
 * @param features names
 * @param shares parts of the squared deviation, in [0, 1]
 * @param observed raw values, NaN when not observed
 * @param expected what the model expected, raw units
 * @param expectedStandardDeviations how far from that a normal record is expected
 * @param imputed names of the features that were not observed in the record
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Blame(
    String[] features,
    double[] shares,
    double[] observed,
    double[] expected,
    double[] expectedStandardDeviations,
    String[] imputed) {
  /**
   * @param names of the features
   * @param values of the record: the features first
   */
  public static Blame of(List<Attribution> attributions, List<String> names, float[] values) {
    List<String> imputed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (Float.isNaN(values[i])) {
        imputed.add(names.get(i));
      }
    }
    return new Blame(
        attributions.stream().map(Attribution::feature).toArray(String[]::new),
        attributions.stream().mapToDouble(Attribution::share).toArray(),
        attributions.stream().mapToDouble(Attribution::observed).toArray(),
        attributions.stream().mapToDouble(Attribution::expected).toArray(),
        attributions.stream().mapToDouble(Attribution::expectedStandardDeviation).toArray(),
        imputed.toArray(String[]::new));
  }
}
