package io.nelbo.model.scale;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings raw features, and the context behind them, to a common scale and back, series by series;
 * immutable.
 *
 * <p>A series that was not in the fit uses the global values, which span the differences between
 * the series as well. Arithmetic is in double, so that a large offset does not swallow the signal
 * of a float32 feature.
 */
public final class Scaler {
  private final FeatureScale global;
  private final Map<String, FeatureScale> series;
  private final Map<String, Double> scoreOffsets;
  private final double[] globalLogs;
  private final Map<String, double[]> logs = new HashMap<>();
  private final boolean identity;

  private Scaler(
      FeatureScale global, Map<String, FeatureScale> series, Map<String, Double> scoreOffsets) {
    this.global = global;
    this.series = series;
    this.scoreOffsets = scoreOffsets;
    globalLogs = logarithms(global);
    identity = global.isIdentity() && series.values().stream().allMatch(one -> one.equals(global));
    if (!identity) {
      series.forEach((name, scale) -> logs.put(name, logarithms(scale)));
    }
  }

  private static double[] logarithms(FeatureScale scale) {
    return Arrays.stream(scale.scale()).map(Math::log).toArray();
  }

  /**
   * A scaler from its parts.
   *
   * @param global for series that are not listed
   * @param series every series of the fit; those that are scaled globally map to {@code global}
   * @param scoreOffsets in nats, added to a series' statistic; 0 where absent
   */
  public static Scaler of(
      FeatureScale global, Map<String, FeatureScale> series, Map<String, Double> scoreOffsets) {
    series.forEach(
        (name, scale) ->
            requireArgument(
                scale.columns() == global.columns(),
                "series %s scales %s columns, the global scale %s",
                name,
                scale.columns(),
                global.columns()));
    scoreOffsets.forEach(
        (name, offset) ->
            requireArgument(
                Double.isFinite(offset),
                "score offset of series %s must be finite, got %s",
                name,
                offset));
    // Plain hash maps: they are asked several times per record.
    return new Scaler(global, new HashMap<>(series), new HashMap<>(scoreOffsets));
  }

  /**
   * Leaves all values as they are; the log-determinant is 0.
   *
   * @param series that count as known
   */
  public static Scaler identity(int columns, Collection<String> series) {
    FeatureScale unit = FeatureScale.identity(columns);
    Map<String, FeatureScale> known = new HashMap<>();
    series.forEach(name -> known.put(name, unit));
    return of(unit, known, Map.of());
  }

  /** With these series too, unless it has scales of its own for them. */
  public Scaler withSeries(Map<String, FeatureScale> others) {
    Map<String, FeatureScale> all = new HashMap<>(others);
    all.putAll(series);
    return of(global, all, scoreOffsets);
  }

  /** Whether the series has a scale; if not, it is scaled globally and flagged cold. */
  public boolean knows(String name) {
    return series.containsKey(name);
  }

  /** Values per record, features and context. */
  public int columns() {
    return global.columns();
  }

  /**
   * Scales one record.
   *
   * @param raw read from {@code rawOffset} on, one value per column; NaN stays NaN
   * @param scaled written from {@code scaledOffset} on; may be the same array at the same offset
   */
  public void toScaled(String name, float[] raw, int rawOffset, float[] scaled, int scaledOffset) {
    if (identity) {
      System.arraycopy(raw, rawOffset, scaled, scaledOffset, global.columns());
      return;
    }
    FeatureScale chosen = of(name);
    double[] centre = chosen.centre();
    double[] scale = chosen.scale();
    for (int column = 0; column < centre.length; column++) {
      scaled[scaledOffset + column] =
          (float) ((raw[rawOffset + column] - centre[column]) / scale[column]);
    }
  }

  /** The raw value of a scaled one. */
  public double toRaw(String name, int feature, double scaled) {
    FeatureScale chosen = of(name);
    return chosen.centre()[feature] + chosen.scale()[feature] * scaled;
  }

  /** Raw units per scaled unit, positive. */
  public double scaleOf(String name, int feature) {
    return of(name).scale()[feature];
  }

  /**
   * What scaling adds to the negative log-density of one raw record: the sum of log scale over its
   * observed features, in nats.
   *
   * @param features how many of the scaled values, from the first, have a density: not the context
   */
  public double logDeterminant(String name, float[] raw, int rawOffset, int features) {
    if (identity) {
      return 0;
    }
    double[] logScale = logs.getOrDefault(name, globalLogs);
    double sum = 0;
    for (int feature = 0; feature < features; feature++) {
      if (!Float.isNaN(raw[rawOffset + feature])) {
        sum += logScale[feature];
      }
    }
    return sum;
  }

  /** What is added to the series' statistic before calibration, in nats; 0 for unseen series. */
  public double scoreOffset(String name) {
    return scoreOffsets.getOrDefault(name, 0.0);
  }

  /** The same scaler with these score offsets instead of its own. */
  public Scaler withScoreOffsets(Map<String, Double> offsets) {
    return of(global, series, offsets);
  }

  public FeatureScale global() {
    return global;
  }

  /** Every series of the fit in alphabetical order; those scaled globally map to the global one. */
  public Map<String, FeatureScale> series() {
    return Collections.unmodifiableMap(new TreeMap<>(series));
  }

  /** Score offsets in nats by series, in alphabetical order; 0 where absent. */
  public Map<String, Double> scoreOffsets() {
    return Collections.unmodifiableMap(new TreeMap<>(scoreOffsets));
  }

  private FeatureScale of(String name) {
    return series.getOrDefault(name, global);
  }
}
