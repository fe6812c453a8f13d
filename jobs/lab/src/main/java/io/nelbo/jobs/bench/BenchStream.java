package io.nelbo.jobs.bench;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Correlated sensor records for measuring speed: a few hidden drivers mixed into every feature,
 * plus noise. Record {@code i} belongs to series {@code i % series}; a function of the seed.
 */
final class BenchStream {
  private static final int DRIVERS = 4;
  private static final double NOISE = 0.1;
  private static final long STEP_MILLIS = 1_000;
  static final long START_MILLIS = 1_700_000_000_000L;

  private final int features;
  private final int series;
  private final double[][] mixing;
  private final SplittableRandom random;

  BenchStream(int features, int series, long seed) {
    this.features = features;
    this.series = series;
    this.random = new SplittableRandom(seed);
    mixing = new double[features][DRIVERS];
    for (double[] row : mixing) {
      for (int driver = 0; driver < DRIVERS; driver++) {
        row[driver] = random.nextGaussian();
      }
    }
  }

  List<String> featureNames() {
    return IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
  }

  String seriesOf(long record) {
    return "series-" + record % series;
  }

  long timeOf(long record) {
    return START_MILLIS + record / series * STEP_MILLIS;
  }

  /** The next record's values. */
  float[] next() {
    double[] drivers = new double[DRIVERS];
    for (int driver = 0; driver < DRIVERS; driver++) {
      drivers[driver] = random.nextGaussian();
    }
    float[] values = new float[features];
    for (int feature = 0; feature < features; feature++) {
      double sum = NOISE * random.nextGaussian();
      for (int driver = 0; driver < DRIVERS; driver++) {
        sum += mixing[feature][driver] * drivers[driver];
      }
      values[feature] = (float) sum;
    }
    return values;
  }

  /** A span of records to train on; they come before the ones that are measured. */
  TrainingSpan span(int rowsPerSeries, int trainedSeries) {
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < trainedSeries; s++) {
      long[] times = new long[rowsPerSeries];
      float[] values = new float[rowsPerSeries * features];
      for (int row = 0; row < rowsPerSeries; row++) {
        times[row] = START_MILLIS - (rowsPerSeries - row) * STEP_MILLIS;
        System.arraycopy(next(), 0, values, row * features, features);
      }
      segments.add(new Segment(seriesOf(s), times, values));
    }
    return new TrainingSpan(
        featureNames(), segments, START_MILLIS - rowsPerSeries * STEP_MILLIS, START_MILLIS);
  }
}
