package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import io.nelbo.jobs.evaluate.metrics.NabProfile;
import io.nelbo.jobs.evaluate.metrics.NabScore;
import io.nelbo.jobs.evaluate.metrics.NabSeries;
import io.nelbo.jobs.replay.metrics.RowRange;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Numenta Anomaly Benchmark: every series once, its rows as they stand in the file (some clocks go
 * back an hour), nothing looked at before its turn. The first training is on the probation part;
 * whenever as many rows again have passed, the next is on the rows of the last three such parts.
 * Windows are shorter than asked where a span is short. Judged are the events of episodes, see
 * {@link EpisodeEvents}, with one threshold for the whole corpus; the counts per series are those
 * at the border. The baselines go the same way.
 */
final class NabSuite implements Suite {
  /** An episode ends after so many rows, as a share of the probation part. */
  static final double EPISODE_GAP = 0.5;

  /** The border as an event. */
  private static final double BORDER = 0.5;

  private static final int SPAN_PARTS = 3;

  /** Blocks that stop and calibrate are a tenth of a span each and must hold several windows. */
  private static final int LEAST_ROWS_PER_RECORD = 28;

  private static final String TIME = "timestamp";

  private final Path data;
  private final NabResultFile results;
  private final Protocol protocol;

  NabSuite(Path data, Path out, Protocol protocol) {
    this.data = data;
    this.results = new NabResultFile(out);
    this.protocol = protocol;
  }

  /** Fewer steps than usual for some two hundred trainings. */
  static TrainingConfig defaults() {
    return TrainingConfig.defaults().withWindowLength(EvaluationPlan.SERIES_WINDOW).withSteps(800);
  }

  @Override
  public List<String> sets() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path folder : SetFiles.folders(data.resolve("data"))) {
      String name = folder.getFileName().toString();
      files(name).namesIfAny().forEach(series -> names.add(name + "/" + series));
    }
    if (names.isEmpty()) {
      throw new BenchmarkDataException(data.resolve("data") + " holds no folder of series");
    }
    return names;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  /** Scores of the rows from {@code from} to {@code to}, fitted to those of {@code span}. */
  private interface Part {
    double[] score(LabelledRows all, LabelledRows span, int from, int to) throws TrainingException;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    LabelledRows rows = LabelledRows.asTheyStand(file(set), TIME);
    List<RowRange> windows = windows().of(set, rows.timesMillis());
    result.attemptSeeds(
        protocol.seeds(),
        "",
        seed -> {
          TrainingConfig training = protocol.trainingOf(seed);
          double[] events =
              events(rows, (all, span, from, to) -> detect(training, all, span, from, to));
          results.write(label(Suite.DETECTOR, seed), set, rows, windows, events);
          counts(events, windows).forEach((metric, value) -> result.seed(seed, metric, value));
        });
    result.attemptBaselines(
        Baseline.all(protocol.training().seed()),
        "",
        baseline -> {
          double[] events =
              events(rows, (all, span, from, to) -> ask(baseline, all, span, from, to));
          results.write(baseline.name(), set, rows, windows, events);
          counts(events, windows)
              .forEach((metric, value) -> result.baseline(baseline.name(), metric, value));
        });
  }

  @Override
  public Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> sets)
      throws IOException {
    List<NabSeries> corpus = new ArrayList<>();
    for (String set : sets.keySet()) {
      long[] times = LabelledRows.asTheyStand(file(set), TIME).timesMillis();
      corpus.add(
          new NabSeries(results.read(label(detector, repetition), set), windows().of(set, times)));
    }
    Map<String, OptionalDouble> scores = new LinkedHashMap<>();
    scores.put("standard", score(corpus, NabProfile.STANDARD));
    scores.put("reward_low_fp", score(corpus, NabProfile.REWARD_LOW_FALSE_POSITIVES));
    scores.put("reward_low_fn", score(corpus, NabProfile.REWARD_LOW_FALSE_NEGATIVES));
    return scores;
  }

  /** One threshold for all of them: whatever has figures counts. */
  @Override
  public int taken(String metric, Map<String, Map<String, OptionalDouble>> sets) {
    return sets.size();
  }

  /** Without a labelled window anywhere, perfect and null are the same. */
  private static OptionalDouble score(List<NabSeries> corpus, NabProfile profile) {
    boolean labelled = corpus.stream().anyMatch(series -> !series.windows().isEmpty());
    return labelled
        ? OptionalDouble.of(NabScore.best(corpus, profile).normalised())
        : OptionalDouble.empty();
  }

  private double[] events(LabelledRows rows, Part part) throws TrainingException {
    double[] events = new double[rows.size()];
    int length = probation(rows.size());
    EpisodeEvents policy = new EpisodeEvents((int) Math.max(1, EPISODE_GAP * length));
    for (int from = length; from < rows.size(); from += length) {
      int first = Math.max(0, from - SPAN_PARTS * length);
      int end = from;
      LabelledRows span = rows.where(row -> row >= first && row < end).aMinuteApart();
      double[] scores = part.score(rows, span, from, Math.min(rows.size(), from + length));
      for (int i = 0; i < scores.length; i++) {
        events[from + i] = policy.next(scores[i]);
      }
    }
    return events;
  }

  private double[] detect(
      TrainingConfig training, LabelledRows all, LabelledRows span, int from, int to)
      throws TrainingException {
    int window =
        Math.max(1, Math.min(training.windowLength(), span.size() / LEAST_ROWS_PER_RECORD));
    try (FittedDetector detector =
        FittedDetector.train(span, training.withWindowLength(window), protocol.falseAlarmRate())) {
      return detector.score(span.values(), Arrays.copyOfRange(all.values(), from, to)).score();
    }
  }

  private double[] ask(Baseline baseline, LabelledRows all, LabelledRows span, int from, int to) {
    BorderedBaseline fitted =
        BorderedBaseline.fit(baseline, span.values(), protocol.falseAlarmRate());
    return fitted.scores(fitted.statistics(Arrays.copyOfRange(all.values(), from, to)));
  }

  private static Map<String, OptionalDouble> counts(double[] events, List<RowRange> windows) {
    int found = 0;
    int inside = 0;
    for (RowRange window : windows) {
      int here = alarms(events, window.first(), window.last() + 1);
      inside += here;
      found += here > 0 ? 1 : 0;
    }
    Map<String, OptionalDouble> counts = new LinkedHashMap<>();
    counts.put("windows", OptionalDouble.of(windows.size()));
    counts.put("windows_found", OptionalDouble.of(found));
    counts.put("false_alarms", OptionalDouble.of(alarms(events, 0, events.length) - inside));
    return counts;
  }

  private static int alarms(double[] events, int from, int to) {
    return (int) Arrays.stream(events, from, to).filter(event -> event >= BORDER).count();
  }

  /** As the benchmark has it: 15 %, of at most 5,000 rows. */
  static int probation(int rows) {
    return Math.max(1, (int) Math.min(0.15 * rows, 750));
  }

  private static String label(String detector, int repetition) {
    return repetition == 0 ? detector : detector + "-" + (repetition + 1);
  }

  private NabWindows windows() throws IOException {
    return new NabWindows(data.resolve("labels").resolve("combined_windows.json"));
  }

  private Path file(String set) throws IOException {
    int slash = set.indexOf('/');
    return files(set.substring(0, slash)).file(set.substring(slash + 1));
  }

  private SetFiles files(String folder) {
    return new SetFiles(data.resolve("data").resolve(folder), ".csv.gz", ".csv");
  }
}
