package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.model.fit.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to evaluate, and how.
 *
 * @param suiteName one of {@link #SUITES}
 * @param data what is judged
 * @param results where they go
 * @param models what judges
 * @param modes of adbench: {@code semi}, {@code unsup} or both
 * @param seeds repetitions of the detector
 * @param threads sets side by side
 */
public record EvaluationPlan(
    String suiteName,
    Data data,
    Results results,
    Models models,
    List<String> modes,
    int seeds,
    int threads) {
  /**
   * @param folders the benchmark's; several where {@link #SEVERAL_FOLDERS}, none where only made-up
   *     data are wanted
   * @param only names of sets, {@code *} stands for any characters; none means all
   * @param against of mnist: a second folder, whose test images are outliers
   * @param groupGap of images: numbers in names that are closer belong together, and the split is
   *     drawn anew; empty for the split that is given
   */
  public record Data(
      List<Path> folders, List<String> only, Optional<Path> against, OptionalInt groupGap) {
    public Data {
      folders = List.copyOf(folders);
      only = List.copyOf(only);
    }

    /** Split as it is given. */
    public Data(List<Path> folders, List<String> only, Optional<Path> against) {
      this(folders, only, against, OptionalInt.empty());
    }

    /** All sets of one folder. */
    public static Data of(Path folder) {
      return new Data(List.of(folder), List.of(), Optional.empty());
    }
  }

  /**
   * @param out folder
   * @param force whether to forget earlier ones
   */
  public record Results(Path out, boolean force) {}

  /**
   * @param training instead of the suite's own, for all sets
   * @param family instead of the configured one
   * @param falseAlarmRate of the alert border, where the suite has none of its own
   * @param iwaeSamples of mnist: k of the importance-weighted objective, 0 for the ELBO
   */
  public record Models(
      Optional<TrainingConfig> training,
      Optional<String> family,
      double falseAlarmRate,
      int iwaeSamples) {
    /** Of the configured family, for their usual objective. */
    public Models(Optional<TrainingConfig> training, double falseAlarmRate) {
      this(training, Optional.empty(), falseAlarmRate, 0);
    }

    private TrainingConfig ofFamily(TrainingConfig config) {
      return family.map(config::withFamily).orElse(config);
    }

    /** For benchmarks that say themselves that their training part is normal. */
    private TrainingConfig ofClean() {
      return training.orElseGet(TrainingConfig.defaults()::ofCleanSpan);
    }

    private TrainingConfig ofSeries() {
      return training.orElseGet(() -> ofClean().ofStream(SERIES_WINDOW));
    }

    /** Of what is meant for other records, length, budget and seed hold for frames too. */
    private TrainingConfig ofFrames() {
      TrainingConfig usual = ImageSuite.defaults();
      TrainingConfig given = training.orElse(usual);
      return given.design().equals(usual.design())
          ? given
          : usual
              .withSteps(Math.min(given.descent().steps(), usual.descent().steps()))
              .withBudget(given.budget())
              .withSeed(given.seed());
    }

    private TrainingConfig usual() {
      return training.orElseGet(TrainingConfig::defaults);
    }
  }

  /** The names of the benchmarks on offer. */
  public static final List<String> SUITES =
      List.of(
          "adbench",
          "timeseries",
          "nab",
          "skab",
          "mnist",
          "images",
          "calibration",
          "missing",
          "fleet",
          "noise");

  /** Of these, the ones that make up data of their own. */
  public static final Set<String> WITHOUT_FOLDER = Set.of("calibration", "fleet");

  /** The ones that take more than one folder. */
  public static final Set<String> SEVERAL_FOLDERS = Set.of("missing");

  /** The ones about frames, the noise of a score, or the density of bits. */
  public static final Set<String> ONE_FAMILY = Set.of("mnist", "images", "noise");

  /** The ones that ask for false-alarm rates of their own. */
  public static final Set<String> OWN_RATES = Set.of("calibration", "missing", "fleet", "noise");

  private static final double USUAL_RATE = 0.001;

  /** The false-alarm rate of a suite where none is asked for. */
  public static double usualRate(String suiteName) {
    return suiteName.equals("images") ? ImageSuite.ASKED : USUAL_RATE;
  }

  /** Records per window where rows have an order; by measurement, see RATIONALE.md. */
  static final int SERIES_WINDOW = 8;

  public EvaluationPlan {
    modes = List.copyOf(modes);
    if (models.family().isPresent() && ONE_FAMILY.contains(suiteName)) {
      throw new IllegalArgumentException(
          "SUITE %s knows one family of models, the default one: without --family"
              .formatted(suiteName));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, got " + threads);
    }
  }

  Suite suite() {
    return switch (suiteName) {
      case "adbench" -> {
        TrainingConfig semi = models.ofFamily(models.ofClean().withWindowLength(1));
        Map<String, Object> more =
            Map.of("protocol", String.join("+", modes), "semi_trim", semi.data().trim());
        yield new AdBenchSuite(
            folder(), protocol(models.usual().withWindowLength(1), more), semi, modes);
      }
      case "timeseries" -> {
        Map<String, Object> more = Map.of("vus_buffer", TimeSeriesSuite.VUS_BUFFER);
        yield new TimeSeriesSuite(folder(), protocol(models.ofSeries(), more));
      }
      case "nab" -> {
        Map<String, Object> more = Map.of("episode_gap_of_probation", NabSuite.EPISODE_GAP);
        yield new NabSuite(
            folder(),
            results.out(),
            protocol(models.training().orElseGet(NabSuite::defaults), more));
      }
      case "skab" -> {
        Map<String, Object> more = Map.of("training_rows", SkabSuite.TRAINING_ROWS);
        yield new SkabSuite(folder(), protocol(models.ofSeries(), more));
      }
      case "mnist" -> {
        TrainingConfig density =
            MnistSuite.density(
                models.training().orElseGet(MnistSuite::defaults), models.iwaeSamples());
        TrainingConfig frames = models.ofFrames();
        yield new MnistSuite(
            folder(),
            data.against(),
            protocol(density, MnistSuite.settings(density, frames, data.against())),
            frames);
      }
      case "images" ->
          new ImageSuite(
              folder(),
              data.groupGap(),
              protocol(models.ofFrames(), ImageSuite.settings(data.groupGap())));
      case "calibration" ->
          new CalibrationSuite(
              data.folders().stream().findFirst(),
              protocol(
                  models.ofClean().withWindowLength(1),
                  CalibrationSuite.ASKED[0],
                  CalibrationSuite.settings()),
              StreamCase.all());
      case "missing" ->
          new MissingSuite(
              data.folders(),
              protocol(models.ofSeries(), MissingSuite.ASKED, MissingSuite.settings()));
      case "fleet" -> {
        FleetSuite.Size size = FleetSuite.Size.USUAL;
        yield new FleetSuite(
            protocol(models.ofSeries(), FleetSuite.ASKED, FleetSuite.settings(size)), size);
      }
      case "noise" ->
          new NoiseSuite(
              folder(),
              protocol(
                  models.ofClean().withWindowLength(1), NoiseSuite.ASKED, NoiseSuite.settings()));
      default ->
          throw new IllegalArgumentException(
              "suite must be one of " + SUITES + ", got " + suiteName);
    };
  }

  /** The sets that are wanted, in their order. */
  List<String> chosen(List<String> sets) throws BenchmarkDataException {
    if (data.only().isEmpty()) {
      return sets;
    }
    for (String pattern : data.only()) {
      if (sets.stream().noneMatch(set -> matches(pattern, set))) {
        throw new BenchmarkDataException(
            String.format("no set is called %s; there are %s", pattern, String.join(", ", sets)));
      }
    }
    return sets.stream()
        .filter(set -> data.only().stream().anyMatch(pattern -> matches(pattern, set)))
        .toList();
  }

  private static boolean matches(String pattern, String set) {
    String literal = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches(literal, set);
  }

  private Path folder() {
    int given = data.folders().size();
    if (given != 1) {
      throw new IllegalArgumentException(suiteName + " takes one folder of data, got " + given);
    }
    return data.folders().get(0);
  }

  private Protocol protocol(TrainingConfig config, Map<String, Object> more) {
    return protocol(config, models.falseAlarmRate(), more);
  }

  private Protocol protocol(TrainingConfig config, double rate, Map<String, Object> more) {
    return new Protocol(models.ofFamily(config), rate, seeds, more);
  }
}
