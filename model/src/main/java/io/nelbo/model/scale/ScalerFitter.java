package io.nelbo.model.scale;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits a {@link Scaler} to the records that the network is fitted to: z-scores, NaN left out.
 *
 * <p>Globally: mean and standard deviation of all records, so that an unseen series is judged by
 * the spread between series as well. Per series, with n observed values of the feature:
 *
 * <ul>
 *   <li>the <b>scale</b> is the series' own, shrunk by {@code w = n / (n + 50)} to a typical series
 *       (not to the global deviation, which holds the offsets between series): {@code log scale = w
 *       log(own) + (1 - w) mean of log(own) over the series}. Logarithms, because gains differ by
 *       factors: one wild series must not widen a quiet one.
 *   <li>the <b>centre</b> is the series' mean, shrunk to the global one by {@code n / (n + 50 r)}
 *       with {@code r = scale^2 / (scale^2 + variance of the series' means)}, the empirical-Bayes
 *       ratio (James and Stein 1961; Efron and Morris 1975). Where series do not differ, this is
 *       the same {@code n / (n + 50)}; where offsets are far apart it leaves the mean alone, since
 *       a plain share of an offset of 1e9 would be many scales wide.
 * </ul>
 *
 * <p>A feature that never moved has no scale of its own. If it moves in other series, a tenth of
 * the typical scale is used; else a thousandth of its magnitude, or 1 if it is zero: when it moves
 * one day, that is strange, and finite. No scale is below the resolution of a float32 at its
 * centre, divided by sqrt(12) (the deviation of a rounding error).
 */
public final class ScalerFitter {
  private static final double SHRINKAGE = 50;
  private static final double SHARE_OF_TYPICAL_SCALE = 0.1;
  private static final double SHARE_OF_MAGNITUDE = 1e-3;

  /** Ranges of all but the outermost thousandths: 34 standard deviations of a normal feature. */
  private static final double BEYOND_ALL_MEASURE = 5;

  /** Fewer values do not tell what is beyond all measure. */
  private static final int LEAST_TO_JUDGE = 10;

  private ScalerFitter() {}

  /**
   * Fits to all segments.
   *
   * @param columns of a record; its cycles keep their values
   * @param bySeries whether each series is scaled on its own; otherwise all use the global scale
   * @throws IllegalArgumentException when a segment has another number of values or an infinity
   */
  public static Scaler fit(List<Segment> segments, RecordColumns columns, boolean bySeries) {
    Scaler fitted = fit(segments, columns.columnCount(), bySeries);
    int from = columns.columnCount() - columns.cycles().size();
    Map<String, FeatureScale> series = new HashMap<>();
    FeatureScale global = fitted.global().withoutScale(from);
    fitted
        .series()
        .forEach((name, own) -> series.put(name, bySeries ? own.withoutScale(from) : global));
    return Scaler.of(global, series, Map.of());
  }

  static Scaler fit(List<Segment> segments, int columns, boolean bySeries) {
    requireArgument(columns > 0, "columns must be positive, got %s", columns);
    Map<String, Moments[]> moments = measure(segments, columns);
    double[] globalCentre = new double[columns];
    double[] globalScale = new double[columns];
    List<FeatureFit> fits = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      FeatureFit fit = FeatureFit.of(moments.values(), column);
      globalCentre[column] = fit.globalCentre();
      globalScale[column] = fit.globalScale();
      fits.add(fit);
    }
    FeatureScale global = new FeatureScale(globalCentre, globalScale);
    Map<String, FeatureScale> series = new HashMap<>();
    moments.forEach((name, own) -> series.put(name, bySeries ? scaleOfSeries(own, fits) : global));
    return Scaler.of(global, series, Map.of());
  }

  private static Map<String, Moments[]> measure(List<Segment> segments, int columns) {
    Map<String, List<Segment>> segmentsOfSeries = new TreeMap<>();
    for (Segment segment : segments) {
      requireArgument(
          segment.columns() == columns,
          "segment of %s has %s columns, expected %s",
          segment.series(),
          segment.columns(),
          columns);
      float[] values = segment.values();
      for (int index = 0; index < values.length; index++) {
        float value = values[index];
        requireArgument(
            !Float.isInfinite(value),
            "segment of %s holds an infinite value in column %s",
            segment.series(),
            index % columns);
      }
      segmentsOfSeries.computeIfAbsent(segment.series(), name -> new ArrayList<>()).add(segment);
    }
    Map<String, Moments[]> moments = new TreeMap<>();
    segmentsOfSeries.forEach(
        (name, own) -> {
          Moments[] ofSeries = new Moments[columns];
          for (int column = 0; column < columns; column++) {
            ofSeries[column] = winsorised(values(own, column));
          }
          moments.put(name, ofSeries);
        });
    return moments;
  }

  /** The observed values of one column. */
  private static double[] values(List<Segment> segments, int column) {
    return segments.stream()
        .flatMapToDouble(
            segment ->
                IntStream.range(0, segment.records())
                    .mapToDouble(row -> segment.values()[row * segment.columns() + column]))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /**
   * Moments with what is beyond all measure pulled in: one sentinel value like -9999 among the
   * readings would otherwise make every other reading look like the same number. Bursts that come
   * back are no such thing: cut off, each would be stranger than any fault.
   */
  private static Moments winsorised(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (sorted.length >= LEAST_TO_JUDGE) {
      int few = Math.max(1, sorted.length / 1000);
      double lower = sorted[few];
      double upper = sorted[sorted.length - 1 - few];
      double reach = BEYOND_ALL_MEASURE * (upper - lower);
      if (reach > 0) {
        low = lower - reach;
        high = upper + reach;
      }
    }
    Moments moments = new Moments();
    for (double value : values) {
      moments.add(Math.max(low, Math.min(high, value)));
    }
    return moments;
  }

  private static FeatureScale scaleOfSeries(Moments[] own, List<FeatureFit> fits) {
    double[] centre = new double[own.length];
    double[] scale = new double[own.length];
    for (int feature = 0; feature < own.length; feature++) {
      scale[feature] = fits.get(feature).scaleOf(own[feature]);
      centre[feature] = fits.get(feature).centreOf(own[feature], scale[feature]);
    }
    return new FeatureScale(centre, scale);
  }

  /**
   * What all series together say of one feature.
   *
   * @param typicalScale geometric mean of the series' deviations; 0 when no series ever moved
   * @param betweenVariance variance of the series' means around the global one
   */
  private record FeatureFit(
      double globalCentre, double globalScale, double typicalScale, double betweenVariance) {

    static FeatureFit of(Iterable<Moments[]> series, int feature) {
      Moments all = new Moments();
      double moving = 0;
      double logScales = 0;
      for (Moments[] own : series) {
        all.addAll(own[feature]);
        double deviation = own[feature].standardDeviation();
        if (deviation > 0) {
          moving += own[feature].count();
          logScales += own[feature].count() * Math.log(deviation);
        }
      }
      double between = 0;
      for (Moments[] own : series) {
        double offset = own[feature].mean() - all.mean();
        between += own[feature].count() * offset * offset;
      }
      double deviation = all.standardDeviation();
      return new FeatureFit(
          all.mean(),
          deviation > 0 ? atLeastResolution(deviation, all.mean()) : scaleOfConstant(all.mean()),
          moving > 0 ? Math.exp(logScales / moving) : 0,
          all.count() > 0 ? between / all.count() : 0);
    }

    double scaleOf(Moments own) {
      if (own.count() == 0) {
        return globalScale;
      }
      if (typicalScale == 0) {
        return scaleOfConstant(own.mean());
      }
      double deviation = own.standardDeviation();
      double ownScale = deviation > 0 ? deviation : SHARE_OF_TYPICAL_SCALE * typicalScale;
      double weight = own.count() / (own.count() + SHRINKAGE);
      double shrunk = Math.exp(weight * Math.log(ownScale) + (1 - weight) * Math.log(typicalScale));
      return atLeastResolution(shrunk, own.mean());
    }

    double centreOf(Moments own, double scale) {
      if (own.count() == 0) {
        return globalCentre;
      }
      double ratio = scale * scale / (scale * scale + betweenVariance);
      double toGlobal = SHRINKAGE * ratio / (own.count() + SHRINKAGE * ratio);
      return own.mean() + toGlobal * (globalCentre - own.mean());
    }
  }

  private static double scaleOfConstant(double value) {
    return value == 0 ? 1 : atLeastResolution(SHARE_OF_MAGNITUDE * Math.abs(value), value);
  }

  private static double atLeastResolution(double scale, double centre) {
    return Math.max(scale, Math.ulp((float) centre) / Math.sqrt(12));
  }
}
