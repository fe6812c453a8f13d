package io.nelbo.model.train;

import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Series whose six features follow two hidden causes, each series with its own offset and gain.
 *
 * <p>Public so that tests of other packages can train on it.
 */
public final class SyntheticPlant {
  public static final int FEATURES = 6;

  /** How strongly each feature follows the two causes. */
  private static final double[][] MIXING = {
    {1, 0}, {0.9, 0.3}, {-0.8, 0.5}, {0, 1}, {0.4, -0.9}, {0.7, 0.7}
  };

  private static final double NOISE = 0.15;

  private final SplittableRandom random;

  public SyntheticPlant(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Normal records of one series, one per second. */
  public Segment segment(String series, int records, long startMillis) {
    long[] times = new long[records];
    float[] values = new float[records * FEATURES];
    for (int row = 0; row < records; row++) {
      times[row] = startMillis + 1000L * row;
      System.arraycopy(record(series), 0, values, row * FEATURES, FEATURES);
    }
    return new Segment(series, times, values);
  }

  /** One normal record. */
  public float[] record(String series) {
    return observe(series, random.nextGaussian(), random.nextGaussian());
  }

  /**
   * A record in which one feature follows other causes than the rest, at least one standard
   * deviation off: every value is within its normal range, only their relation is broken.
   */
  public float[] brokenRecord(String series, int feature) {
    float[] record = record(series);
    float related = record[feature];
    while (Math.abs(record[feature] - related) < gain(series)) {
      record[feature] = record(series)[feature];
    }
    return record;
  }

  /** A record of these two causes. */
  public float[] observe(String series, double first, double second) {
    float[] record = new float[FEATURES];
    for (int feature = 0; feature < FEATURES; feature++) {
      double clean = MIXING[feature][0] * first + MIXING[feature][1] * second;
      record[feature] =
          (float) (100 * feature + gain(series) * (clean + NOISE * random.nextGaussian()));
    }
    return record;
  }

  /** The standard deviation of a feature is about one gain. */
  private static double gain(String series) {
    return 1 + series.length();
  }

  public static TrainingSpan span(List<Segment> segments) {
    List<String> names = new ArrayList<>();
    for (int feature = 0; feature < segments.get(0).columns(); feature++) {
      names.add("f" + feature);
    }
    return new TrainingSpan(names, segments, 0, 1_000_000_000L);
  }

  public static TrainingRequest request(TrainingSpan span, TrainingConfig config) {
    return new TrainingRequest("plant", 1, span, config, "manual");
  }

  /** Small enough for a test: a second or two. */
  public static TrainingConfig config(int windowLength, int steps) {
    return TrainingConfig.defaults()
        .withData(new DataRules(windowLength, true, 0.05, 0))
        .withNetwork(new NetworkSize(32, 0, 4))
        .withDescent(new Descent(steps, 64, 3e-3, 0.3, 2));
  }
}
