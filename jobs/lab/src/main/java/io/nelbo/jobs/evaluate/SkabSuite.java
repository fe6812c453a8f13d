package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import io.nelbo.jobs.replay.metrics.BorderMetrics;
import io.nelbo.jobs.replay.metrics.Confusion;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Skoltech Anomaly Benchmark: folders of experiments, a model per experiment, trained on its first
 * 400 rows and tested on the rest with the border that the model was shipped with. One confusion
 * matrix of all experiments gives F1, FAR and MAR (the benchmark's "outlier" scores); AUROC is the
 * mean over the experiments. Rows are taken as they stand. The recording without anomalies has no
 * labels and is not used.
 */
final class SkabSuite implements Suite {
  /** Rows at the start of an experiment that train. */
  static final int TRAINING_ROWS = 400;

  private static final String UNLABELLED = "anomaly-free";
  private static final CsvColumns COLUMNS =
      new CsvColumns("", "", "anomaly", Duration.ofSeconds(1));

  private final Path data;
  private final Protocol protocol;

  SkabSuite(Path data, Protocol protocol) {
    this.data = data;
    this.protocol = protocol;
  }

  @Override
  public List<String> sets() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path folder : SetFiles.folders(data)) {
      String name = folder.getFileName().toString();
      if (!name.equals(UNLABELLED)) {
        files(name).namesIfAny().forEach(experiment -> names.add(name + "/" + experiment));
      }
    }
    if (names.isEmpty()) {
      throw new BenchmarkDataException(data + " holds no folder of experiments");
    }
    return names;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    int slash = set.indexOf('/');
    Path file = files(set.substring(0, slash)).file(set.substring(slash + 1));
    List<String> features = LabelledRows.featuresOf(file, "datetime", "anomaly", "changepoint");
    LabelledRows all = LabelledRows.labelled(file, COLUMNS, features);
    if (all.size() <= TRAINING_ROWS) {
      throw new BenchmarkDataException(
          String.format(
              "%s has %d rows, the first %d train and none is left to test",
              file, all.size(), TRAINING_ROWS));
    }
    LabelledRows train = all.where(row -> row < TRAINING_ROWS);
    LabelledRows test = all.where(row -> row >= TRAINING_ROWS);
    result.attemptSeeds(
        protocol.seeds(),
        "",
        seed -> {
          try (FittedDetector detector =
              FittedDetector.train(train, protocol.trainingOf(seed), protocol.falseAlarmRate())) {
            RowScores scores = detector.score(train.values(), test.values());
            judge(scores.statistic(), scores.score(), test)
                .forEach((metric, value) -> result.seed(seed, metric, value));
          }
        });
    result.attemptBaselines(
        Baseline.all(protocol.training().seed()),
        "",
        baseline -> {
          BorderedBaseline fitted =
              BorderedBaseline.fit(baseline, train.values(), protocol.falseAlarmRate());
          double[] statistics = fitted.statistics(test.values());
          judge(statistics, fitted.scores(statistics), test)
              .forEach((metric, value) -> result.baseline(baseline.name(), metric, value));
        });
    if (RankingMetrics.auroc(new double[test.size()], test.anomalous()).isEmpty()) {
      result.note(
          String.format(
              "%s: auroc is not defined, all %d labels after row %d are equal",
              file, test.size(), TRAINING_ROWS));
    }
  }

  @Override
  public Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> sets) {
    Map<String, OptionalDouble> pooled =
        ratios(
            new Confusion(
                sum(sets, "true_positives"),
                sum(sets, "false_positives"),
                sum(sets, "false_negatives"),
                sum(sets, "true_negatives")));
    pooled.put("auroc", Means.bySet(sets.values()).getOrDefault("auroc", OptionalDouble.empty()));
    return pooled;
  }

  /** All figures but the ranking's are of one confusion matrix. */
  @Override
  public int taken(String metric, Map<String, Map<String, OptionalDouble>> sets) {
    return metric.equals("auroc") ? Means.defined(metric, sets.values()) : sets.size();
  }

  private static long sum(Map<String, Map<String, OptionalDouble>> sets, String count) {
    return sets.values().stream()
        .mapToLong(figures -> (long) figures.getOrDefault(count, OptionalDouble.empty()).orElse(0))
        .sum();
  }

  private static Map<String, OptionalDouble> judge(
      double[] statistics, double[] scores, LabelledRows test) {
    Confusion confusion = BorderMetrics.atBorder(scores, test.anomalous(), 1.0);
    Map<String, OptionalDouble> figures = ratios(confusion);
    figures.put("auroc", RankingMetrics.auroc(statistics, test.anomalous()));
    figures.put("true_positives", OptionalDouble.of((double) confusion.truePositives()));
    figures.put("false_positives", OptionalDouble.of((double) confusion.falsePositives()));
    figures.put("false_negatives", OptionalDouble.of((double) confusion.falseNegatives()));
    figures.put("true_negatives", OptionalDouble.of((double) confusion.trueNegatives()));
    return figures;
  }

  private static Map<String, OptionalDouble> ratios(Confusion confusion) {
    Map<String, OptionalDouble> figures = new LinkedHashMap<>();
    long normals = confusion.falsePositives() + confusion.trueNegatives();
    long anomalies = confusion.truePositives() + confusion.falseNegatives();
    figures.put("f1", anomalies == 0 ? OptionalDouble.empty() : OptionalDouble.of(confusion.f1()));
    figures.put("far", percent(confusion.falsePositives(), normals));
    figures.put("mar", percent(confusion.falseNegatives(), anomalies));
    return figures;
  }

  private static OptionalDouble percent(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / whole);
  }

  private SetFiles files(String folder) {
    return new SetFiles(data.resolve(folder), ".csv.gz", ".csv");
  }
}
