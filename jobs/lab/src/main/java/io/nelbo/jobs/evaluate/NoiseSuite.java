package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.objective.NoiseBank;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What the noise of a score costs: tables in the layout of ADBench, one training each, whose
 * weights then score with other noise. Over some seeds of the noise: the variance of a normal row's
 * score (mean over rows, in square nats) with the bank of antithetic pairs and with plain draws,
 * the ratio of these means and the median of the rows' ratios, and how well the scores rank.
 */
final class NoiseSuite implements Suite {
  /** Draws per row. */
  static final int[] SAMPLES = {2, 4, 8, 16, 32};

  /** Seeds of the noise. */
  static final int NOISES = 20;

  /** Normal rows of which variances are taken, about. */
  private static final int MOST_ROWS = 2_000;

  /** Rankings are taken of the first so many seeds of the noise. */
  private static final int RANKED = 3;

  /** False-alarm rate of the border, of which nothing here depends. */
  static final double ASKED = 0.01;

  private final TabularSets tables;
  private final Protocol protocol;

  NoiseSuite(Path data, Protocol protocol) {
    tables = new TabularSets(data);
    this.protocol = protocol;
  }

  @Override
  public List<String> sets() throws IOException {
    return tables.names();
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    TabularSets.Split split = TabularSets.split(tables.readReduced(set, result));
    LabelledRows test = split.test();
    LabelledRows normal = test.where(row -> !test.anomalous()[row]);
    LabelledRows few = normal.where(row -> row % (1 + normal.size() / MOST_ROWS) == 0);
    result.attemptSeeds(
        protocol.seeds(),
        "",
        repetition -> {
          TrainingConfig config = protocol.trainingOf(repetition);
          LabelledRows train = split.train().inRandomOrder(config.seed());
          try (FittedDetector detector =
              FittedDetector.train(train, config, protocol.falseAlarmRate())) {
            for (int samples : SAMPLES) {
              compare(detector, samples, few, test, repetition, result);
            }
          }
        });
  }

  private static void compare(
      FittedDetector detector,
      int samples,
      LabelledRows few,
      LabelledRows test,
      int repetition,
      SetResult.Builder result) {
    int latent = detector.latent();
    LongFunction<Tensor> paired = seed -> NoiseBank.draw(samples, latent, seed);
    double[] ofPairs = variances(detector, paired, few);
    double[] ofPlain = variances(detector, seed -> plain(samples, latent, seed), few);
    double meanOfPairs = StatUtils.mean(ofPairs);
    double meanOfPlain = StatUtils.mean(ofPlain);
    result.seed(repetition, "variance_" + samples, OptionalDouble.of(meanOfPairs));
    result.seed(repetition, "plain_variance_" + samples, OptionalDouble.of(meanOfPlain));
    result.seed(repetition, "ratio_" + samples, quotient(meanOfPairs, meanOfPlain));
    double[] ratios =
        IntStream.range(0, ofPairs.length)
            .filter(row -> ofPlain[row] > 0)
            .mapToDouble(row -> ofPairs[row] / ofPlain[row])
            .toArray();
    result.seed(
        repetition,
        "median_ratio_" + samples,
        ratios.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(StatUtils.percentile(ratios, 50)));
    double[][] ranked =
        LongStream.rangeClosed(1, RANKED)
            .mapToObj(seed -> statistics(detector, paired.apply(seed), test))
            .toArray(double[][]::new);
    result.seed(repetition, "auroc_" + samples, mean(ranked, test, RankingMetrics::auroc));
    result.seed(repetition, "ap_" + samples, mean(ranked, test, RankingMetrics::averagePrecision));
  }

  private static OptionalDouble quotient(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }

  /** Of each row, over seeds of the noise. */
  private static double[] variances(
      FittedDetector detector, LongFunction<Tensor> noise, LabelledRows rows) {
    double[] sum = new double[rows.size()];
    double[] squares = new double[rows.size()];
    double[] first = statistics(detector, noise.apply(1), rows);
    for (long seed = 1; seed <= NOISES; seed++) {
      double[] scores = statistics(detector, noise.apply(seed), rows);
      for (int row = 0; row < scores.length; row++) {
        double shifted = scores[row] - first[row]; // loses no digits where scores are large
        sum[row] += shifted;
        squares[row] += shifted * shifted;
      }
    }
    double[] variances = new double[rows.size()];
    Arrays.setAll(variances, row -> (squares[row] - sum[row] * sum[row] / NOISES) / (NOISES - 1));
    return variances;
  }

  private static double[] statistics(FittedDetector detector, Tensor noise, LabelledRows rows) {
    try (FittedDetector other = detector.withNoise(noise, "study")) {
      return other.score(new float[0][], rows.values()).statistic();
    }
  }

  /** Independent draws without pairs and without scaling: plain Monte Carlo. */
  static Tensor plain(int samples, int latent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[samples * latent];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Tensor(new int[] {samples, latent}, values);
  }

  /** A ranking metric. */
  private interface Metric {
    OptionalDouble of(double[] scores, boolean[] anomalous);
  }

  private static OptionalDouble mean(double[][] scores, LabelledRows test, Metric metric) {
    double sum = 0;
    for (double[] ofNoise : scores) {
      OptionalDouble value = metric.of(ofNoise, test.anomalous());
      if (value.isEmpty()) {
        return value;
      }
      sum += value.getAsDouble();
    }
    return OptionalDouble.of(sum / scores.length);
  }

  /** What {@code metrics.json} says of it. */
  static Map<String, Object> settings() {
    return Map.of("noise_seeds", NOISES);
  }
}
