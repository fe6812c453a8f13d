package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What missing values cost. Tables in the layout of ADBench (every second normal row trains, in
 * random order, windows of one record) and time series in the layout of the time-series suite:
 * entries are removed at random from the rows that are tested, and in a second figure from those
 * that train as well. The false-alarm rate is that of the normal rows that are tested.
 */
final class MissingSuite implements Suite {
  /** Shares of the entries. */
  static final double[] SHARES = {0.1, 0.3};

  /** False-alarm rate of the border. */
  static final double ASKED = 0.01;

  /** Train and test draw numbers of their own. */
  private static final long OTHER_ROWS = 7_919;

  /** A set as it is found. */
  private record Parts(LabelledRows train, LabelledRows test, boolean ordered) {}

  /** Where a set comes from. */
  private interface Source {
    Parts read(SetResult.Builder result, long seed) throws IOException;
  }

  private final List<Path> folders;
  private final Protocol protocol;

  /**
   * @param protocol its windows are those of series; tables have windows of one record
   */
  MissingSuite(List<Path> folders, Protocol protocol) {
    this.folders = List.copyOf(folders);
    this.protocol = protocol;
  }

  @Override
  public List<String> sets() throws IOException {
    return List.copyOf(sources().keySet());
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    Source source =
        Optional.ofNullable(sources().get(set))
            .orElseThrow(() -> new BenchmarkDataException("there is no set " + set));
    result.attemptSeeds(protocol.seeds(), "", seed -> compare(source, seed, result));
  }

  private void compare(Source source, int repetition, SetResult.Builder result)
      throws IOException, TrainingException {
    double rate = protocol.falseAlarmRate();
    TrainingConfig config = protocol.trainingOf(repetition);
    Parts parts = source.read(result, config.seed());
    Case whole = new Case(repetition, "whole", rate, result);
    try (FittedDetector detector = train(parts.train(), parts, config)) {
      OptionalDouble auroc = whole.judge(detector, parts, OptionalDouble.empty());
      for (double share : SHARES) {
        Parts holed =
            new Parts(parts.train(), without(parts.test(), share, config), parts.ordered());
        new Case(repetition, "test_" + share, rate, result).judge(detector, holed, auroc);
      }
      for (double share : SHARES) {
        LabelledRows train = parts.train().withoutEntries(share, config.seed() + OTHER_ROWS);
        Parts holed = new Parts(train, without(parts.test(), share, config), parts.ordered());
        try (FittedDetector holedDetector = train(train, parts, config)) {
          new Case(repetition, "both_" + share, rate, result).judge(holedDetector, holed, auroc);
        }
      }
    }
  }

  private static LabelledRows without(LabelledRows rows, double share, TrainingConfig config) {
    return rows.withoutEntries(share, config.seed());
  }

  private FittedDetector train(LabelledRows rows, Parts parts, TrainingConfig config)
      throws TrainingException {
    int window = parts.ordered() ? config.windowLength() : 1;
    return FittedDetector.train(rows, config.withWindowLength(window), protocol.falseAlarmRate());
  }

  /** One column of figures: with so much missing there. */
  private record Case(int seed, String name, double rate, SetResult.Builder result) {
    /**
     * @param whole what the AUROC was without anything missing; empty for that case itself
     */
    OptionalDouble judge(FittedDetector detector, Parts parts, OptionalDouble whole) {
      LabelledRows test = parts.test();
      float[][] leadIn = parts.ordered() ? parts.train().values() : new float[0][];
      RowScores scores = detector.score(leadIn, test.values());
      OptionalDouble auroc = RankingMetrics.auroc(scores.statistic(), test.anomalous());
      put("auroc", auroc);
      put("ap", RankingMetrics.averagePrecision(scores.statistic(), test.anomalous()));
      if (whole.isPresent() && auroc.isPresent()) {
        put("lost", OptionalDouble.of(whole.getAsDouble() - auroc.getAsDouble()));
      }
      double[] normal = new double[test.size()];
      int count = 0;
      for (int row = 0; row < test.size(); row++) {
        if (!test.anomalous()[row]) {
          normal[count++] = scores.pValue()[row];
        }
      }
      double[] pValues = Arrays.copyOf(normal, count);
      AlarmCount alarms = AlarmCount.of(detector.calibration(), pValues, rate).get(0);
      put(
          "alarms_to_promised",
          count == 0 ? OptionalDouble.empty() : OptionalDouble.of(alarms.ratio()));
      put("in_force", OptionalDouble.of(alarms.inForce()));
      return auroc;
    }

    private void put(String metric, OptionalDouble value) {
      result.seed(seed, name + "_" + metric, value);
    }
  }

  private Map<String, Source> sources() throws IOException {
    Map<String, Source> sources = new LinkedHashMap<>();
    Map<String, Path> owners = new HashMap<>();
    for (Path folder : folders) {
      List<String> series = new TimeSeriesFolder(folder).names();
      for (String name : series) {
        requireNew(name, folder, owners);
        sources.put(name, (result, seed) -> series(folder, name));
      }
      if (series.isEmpty()) {
        TabularSets tables = new TabularSets(folder);
        for (String name : tables.names()) {
          requireNew(name, folder, owners);
          sources.put(name, (result, seed) -> table(tables, name, result, seed));
        }
      }
    }
    return sources;
  }

  private static void requireNew(String name, Path folder, Map<String, Path> owners)
      throws BenchmarkDataException {
    Path owner = owners.putIfAbsent(name, folder);
    if (owner != null) {
      throw new BenchmarkDataException(
          "%s and %s both hold a set %s: rename one, results go by name"
              .formatted(owner, folder, name));
    }
  }

  private static Parts series(Path folder, String name) throws IOException {
    TimeSeriesFolder series = new TimeSeriesFolder(folder);
    LabelledRows train = series.train(name);
    return new Parts(train, series.test(name, train), true);
  }

  private static Parts table(TabularSets tables, String name, SetResult.Builder result, long seed)
      throws IOException {
    TabularSets.Split split = TabularSets.split(tables.readReduced(name, result));
    return new Parts(split.train().inRandomOrder(seed), split.test(), false);
  }

  /** What {@code metrics.json} says of it. */
  static Map<String, Object> settings() {
    List<Double> shares = new ArrayList<>();
    for (double share : SHARES) {
      shares.add(share);
    }
    return Map.of("missing_shares", shares);
  }
}
