package io.nelbo.jobs.evaluate;

import io.nelbo.model.train.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to evaluate, and how.
 *
 * @param suiteName one of {@link #SUITES}
 * @param data the benchmark's folder
 * @param out where results go
 * @param modes of adbench: {@code semi}, {@code unsup} or both
 * @param training instead of the suite's own, for all sets
 * @param falseAlarmRate of the alert border
 * @param seeds repetitions of the detector
 * @param threads sets side by side
 * @param force whether to forget earlier results
 * @param against of mnist: a second folder, whose test images are outliers
 * @param iwaeSamples of mnist: k of the importance-weighted objective, 0 for the ELBO
 */
public record EvaluationPlan(
    String suiteName,
    Path data,
    Path out,
    List<String> modes,
    Optional<TrainingConfig> training,
    double falseAlarmRate,
    int seeds,
    int threads,
    boolean force,
    Optional<Path> against,
    int iwaeSamples) {
  /** The names of the benchmarks on offer. */
  public static final List<String> SUITES =
      List.of("adbench", "timeseries", "nab", "skab", "mnist");

  /** Records per window where rows have an order; by measurement, see RATIONALE.md. */
  static final int SERIES_WINDOW = 8;

  public EvaluationPlan {
    modes = List.copyOf(modes);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
  }

  /** Of other suites than mnist. */
  public EvaluationPlan(
      String suiteName,
      Path data,
      Path out,
      List<String> modes,
      Optional<TrainingConfig> training,
      double falseAlarmRate,
      int seeds,
      int threads,
      boolean force) {
    this(
        suiteName,
        data,
        out,
        modes,
        training,
        falseAlarmRate,
        seeds,
        threads,
        force,
        Optional.empty(),
        0);
  }

  Suite suite() {
    return switch (suiteName) {
      case "adbench" -> {
        Map<String, Object> more = Map.of("protocol", String.join("+", modes));
        yield new AdBenchSuite(data, protocol(usual().withWindowLength(1), more), modes);
      }
      case "timeseries" -> {
        Map<String, Object> more = Map.of("vus_buffer", TimeSeriesSuite.VUS_BUFFER);
        yield new TimeSeriesSuite(data, protocol(ofSeries(), more));
      }
      case "nab" -> {
        Map<String, Object> more = Map.of("episode_gap_of_probation", NabSuite.EPISODE_GAP);
        yield new NabSuite(data, out, protocol(training.orElseGet(NabSuite::defaults), more));
      }
      case "skab" -> {
        Map<String, Object> more = Map.of("training_rows", SkabSuite.TRAINING_ROWS);
        yield new SkabSuite(data, protocol(ofSeries(), more));
      }
      case "mnist" -> {
        TrainingConfig density =
            MnistSuite.density(training.orElseGet(MnistSuite::defaults), iwaeSamples);
        yield new MnistSuite(
            data, against, protocol(density, MnistSuite.settings(density, against)));
      }
      default ->
          throw new IllegalArgumentException(
              "suite must be one of " + SUITES + ", got " + suiteName);
    };
  }

  private Protocol protocol(TrainingConfig config, Map<String, Object> more) {
    return new Protocol(config, falseAlarmRate, seeds, more);
  }

  private TrainingConfig ofSeries() {
    return training.orElseGet(() -> TrainingConfig.defaults().withWindowLength(SERIES_WINDOW));
  }

  private TrainingConfig usual() {
    return training.orElseGet(TrainingConfig::defaults);
  }
}
