package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to evaluate, and how.
 *
 * @param suiteName one of {@link #SUITES}
 * @param data the benchmark's folder; several where {@link #SEVERAL_FOLDERS}, none where only
 *     made-up data are wanted
 * @param out where results go
 * @param modes of adbench: {@code semi}, {@code unsup} or both
 * @param training instead of the suite's own, for all sets
 * @param falseAlarmRate of the alert border, where the suite has none of its own
 * @param seeds repetitions of the detector
 * @param threads sets side by side
 * @param force whether to forget earlier results
 * @param against of mnist: a second folder, whose test images are outliers
 * @param iwaeSamples of mnist: k of the importance-weighted objective, 0 for the ELBO
 * @param only names of sets, {@code *} stands for any characters; none means all
 * @param family instead of the configured one
 */
public record EvaluationPlan(
    String suiteName,
    List<Path> data,
    Path out,
    List<String> modes,
    Optional<TrainingConfig> training,
    double falseAlarmRate,
    int seeds,
    int threads,
    boolean force,
    Optional<Path> against,
    int iwaeSamples,
    List<String> only,
    Optional<String> family) {
  /** The names of the benchmarks on offer. */
  public static final List<String> SUITES =
      List.of(
          "adbench",
          "timeseries",
          "nab",
          "skab",
          "mnist",
          "calibration",
          "missing",
          "fleet",
          "noise");

  /** Of these, the ones that make up data of their own. */
  public static final Set<String> WITHOUT_FOLDER = Set.of("calibration", "fleet");

  /** The ones that take more than one folder. */
  public static final Set<String> SEVERAL_FOLDERS = Set.of("missing");

  /** The ones about the noise of a score, or the density of bits. */
  public static final Set<String> ONE_FAMILY = Set.of("mnist", "noise");

  /** Records per window where rows have an order; by measurement, see RATIONALE.md. */
  static final int SERIES_WINDOW = 8;

  public EvaluationPlan {
    data = List.copyOf(data);
    modes = List.copyOf(modes);
    only = List.copyOf(only);
    if (family.isPresent() && ONE_FAMILY.contains(suiteName)) {
      throw new IllegalArgumentException(
          "SUITE %s knows one family of models, the default one: without --family"
              .formatted(suiteName));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
  }

  /** Of all sets in one folder, for other suites than mnist. */
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
        List.of(data),
        out,
        modes,
        training,
        falseAlarmRate,
        seeds,
        threads,
        force,
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  Suite suite() {
    return switch (suiteName) {
      case "adbench" -> {
        TrainingConfig semi = ofFamily(ofClean().withWindowLength(1));
        Map<String, Object> more =
            Map.of("protocol", String.join("+", modes), "semi_trim", semi.trim());
        yield new AdBenchSuite(folder(), protocol(usual().withWindowLength(1), more), semi, modes);
      }
      case "timeseries" -> {
        Map<String, Object> more = Map.of("vus_buffer", TimeSeriesSuite.VUS_BUFFER);
        yield new TimeSeriesSuite(folder(), protocol(ofSeries(), more));
      }
      case "nab" -> {
        Map<String, Object> more = Map.of("episode_gap_of_probation", NabSuite.EPISODE_GAP);
        yield new NabSuite(folder(), out, protocol(training.orElseGet(NabSuite::defaults), more));
      }
      case "skab" -> {
        Map<String, Object> more = Map.of("training_rows", SkabSuite.TRAINING_ROWS);
        yield new SkabSuite(folder(), protocol(ofSeries(), more));
      }
      case "mnist" -> {
        TrainingConfig density =
            MnistSuite.density(training.orElseGet(MnistSuite::defaults), iwaeSamples);
        yield new MnistSuite(
            folder(), against, protocol(density, MnistSuite.settings(density, against)));
      }
      case "calibration" ->
          new CalibrationSuite(
              data.stream().findFirst(),
              protocol(
                  ofClean().withWindowLength(1),
                  CalibrationSuite.ASKED[0],
                  CalibrationSuite.settings()),
              StreamCase.all());
      case "missing" ->
          new MissingSuite(data, protocol(ofSeries(), MissingSuite.ASKED, MissingSuite.settings()));
      case "fleet" -> {
        FleetSuite.Size size = FleetSuite.Size.USUAL;
        yield new FleetSuite(
            protocol(ofSeries(), FleetSuite.ASKED, FleetSuite.settings(size)), size);
      }
      case "noise" ->
          new NoiseSuite(
              folder(),
              protocol(ofClean().withWindowLength(1), NoiseSuite.ASKED, NoiseSuite.settings()));
      default ->
          throw new IllegalArgumentException(
              "suite must be one of " + SUITES + ", got " + suiteName);
    };
  }

  /** The sets that are wanted, in their order. */
  List<String> chosen(List<String> sets) throws BenchmarkDataException {
    if (only.isEmpty()) {
      return sets;
    }
    for (String pattern : only) {
      if (sets.stream().noneMatch(set -> matches(pattern, set))) {
        throw new BenchmarkDataException(
            String.format("no set is called %s; there are %s", pattern, String.join(", ", sets)));
      }
    }
    return sets.stream()
        .filter(set -> only.stream().anyMatch(pattern -> matches(pattern, set)))
        .toList();
  }

  private static boolean matches(String pattern, String set) {
    String literal = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches(literal, set);
  }

  private Path folder() {
    if (data.size() != 1) {
      throw new IllegalArgumentException(
          suiteName + " takes one folder of data, got " + data.size());
    }
    return data.get(0);
  }

  private Protocol protocol(TrainingConfig config, Map<String, Object> more) {
    return protocol(config, falseAlarmRate, more);
  }

  private Protocol protocol(TrainingConfig config, double rate, Map<String, Object> more) {
    return new Protocol(ofFamily(config), rate, seeds, more);
  }

  private TrainingConfig ofFamily(TrainingConfig config) {
    return family.map(config::withFamily).orElse(config);
  }

  /** For benchmarks that say themselves that their training part is normal. */
  private TrainingConfig ofClean() {
    return training.orElseGet(TrainingConfig.defaults()::ofCleanSpan);
  }

  private TrainingConfig ofSeries() {
    return training.orElseGet(() -> ofClean().withWindowLength(SERIES_WINDOW));
  }

  private TrainingConfig usual() {
    return training.orElseGet(TrainingConfig::defaults);
  }
}
