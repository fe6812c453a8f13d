package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Tabular sets (Han et al. 2022, ADBench). Semi-supervised: of the normal rows, numbered in the
 * order of the file, the even ones train, the odd ones and all anomalies test. Unsupervised: fits
 * on all rows and scores all rows; only here is the worst share of each batch left out. Windows of
 * one record. Rows have no time, so that they are shuffled before training, which splits the span
 * in blocks.
 */
final class AdBenchSuite implements Suite {
  private final TabularSets tables;
  private final Protocol protocol;
  private final TrainingConfig semi;
  private final List<String> modes;
  private final List<Baseline> baselines;

  /**
   * @param semi instead of the protocol's training where normal rows alone train
   * @param modes {@code semi}, {@code unsup} or both
   */
  AdBenchSuite(Path data, Protocol protocol, TrainingConfig semi, List<String> modes) {
    this(data, protocol, semi, modes, Baseline.all(protocol.training().seed()));
  }

  AdBenchSuite(
      Path data,
      Protocol protocol,
      TrainingConfig semi,
      List<String> modes,
      List<Baseline> baselines) {
    this.baselines = List.copyOf(baselines);
    this.tables = new TabularSets(data);
    this.protocol = protocol;
    this.semi = semi;
    this.modes = List.copyOf(modes);
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
    LabelledRows all = tables.readReduced(set, result);
    for (String mode : modes) {
      boolean normalOnly = mode.equals("semi");
      TrainingConfig training = normalOnly ? semi : protocol.training();
      TabularSets.Split split =
          normalOnly ? TabularSets.split(all) : new TabularSets.Split(all, all);
      LabelledRows trained = split.train();
      LabelledRows tested = split.test();
      result.attemptSeeds(
          protocol.seeds(),
          mode,
          seed -> {
            TrainingConfig own = training.withSeed(training.seed() + seed);
            rank(
                detect(own, trained, tested),
                tested,
                (metric, value) -> result.seed(seed, mode + "_" + metric, value));
          });
      result.attemptBaselines(
          baselines,
          mode,
          baseline ->
              rank(
                  ask(baseline, trained, tested, normalOnly),
                  tested,
                  (metric, value) -> result.baseline(baseline.name(), mode + "_" + metric, value)));
      noteUndefined(set, mode, tested, result);
    }
  }

  private static double[] ask(
      Baseline baseline, LabelledRows trained, LabelledRows tested, boolean normalOnly) {
    Baseline.Fitted fitted = baseline.fit(trained.values());
    double[] scores = new double[tested.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = fitted.score(tested.values()[row], normalOnly ? Baseline.Fitted.NEW : row);
    }
    return scores;
  }

  private double[] detect(TrainingConfig training, LabelledRows trained, LabelledRows tested)
      throws TrainingException {
    LabelledRows shuffled = trained.inRandomOrder(training.seed());
    try (FittedDetector detector =
        FittedDetector.train(shuffled, training, protocol.falseAlarmRate())) {
      return detector.score(new float[0][], tested.values()).statistic();
    }
  }

  /** Takes one figure. */
  private interface Sink {
    void accept(String metric, OptionalDouble value);
  }

  private static void rank(double[] scores, LabelledRows tested, Sink sink) {
    sink.accept("auroc", RankingMetrics.auroc(scores, tested.anomalous()));
    sink.accept("aucpr", RankingMetrics.averagePrecision(scores, tested.anomalous()));
  }

  private static void noteUndefined(
      String set, String mode, LabelledRows tested, SetResult.Builder result) {
    long anomalies = IntStream.range(0, tested.size()).filter(i -> tested.anomalous()[i]).count();
    if (anomalies == 0 || anomalies == tested.size()) {
      result.note(
          String.format(
              "%s: %s_auroc and %s_aucpr are not defined, all %d labels are %d",
              set, mode, mode, tested.size(), anomalies == 0 ? 0 : 1));
    }
  }
}
