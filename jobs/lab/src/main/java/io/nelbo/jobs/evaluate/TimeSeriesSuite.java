package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.replay.metrics.BorderMetrics;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.jobs.replay.metrics.VolumeUnderSurface;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Time series in two parts: a model per series, trained on {@code <name>/train.csv.gz} and tested
 * on {@code <name>/test.csv.gz} with its column {@code label}. Where {@code
 * interpretation_label.txt} names the features that caused a segment, attribution is rated too, see
 * {@link HitRates}. Where the detector asks means over records, so do the baselines, once more.
 */
final class TimeSeriesSuite implements Suite {
  /** Rows; volumes of different buffers cannot be compared. */
  static final int VUS_BUFFER = 100;

  private final Path data;
  private final Protocol protocol;

  TimeSeriesSuite(Path data, Protocol protocol) {
    this.data = data;
    this.protocol = protocol;
  }

  @Override
  public List<String> sets() throws IOException {
    List<String> names = new TimeSeriesFolder(data).names();
    if (names.isEmpty()) {
      throw new BenchmarkDataException(data + " holds no folder with a test.csv.gz or test.csv");
    }
    return names;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    Path folder = data.resolve(set);
    TimeSeriesFolder series = new TimeSeriesFolder(data);
    LabelledRows train = series.train(set);
    LabelledRows test = series.test(set, train);
    List<HitRates> causes = new ArrayList<>();
    result.attempt(
        "hit rates",
        () ->
            HitRates.read(folder.resolve("interpretation_label.txt"), test).ifPresent(causes::add));
    result.attemptSeeds(
        protocol.seeds(),
        "",
        seed -> {
          try (FittedDetector detector =
              FittedDetector.train(train, protocol.trainingOf(seed), protocol.falseAlarmRate())) {
            double[] scores = detector.score(train.values(), test.values()).statistic();
            rank(scores, test.anomalous(), (metric, value) -> result.seed(seed, metric, value));
            causes.forEach(
                rates ->
                    rates
                        .rate(scores, rows -> detector.explain(train.values(), test.values(), rows))
                        .forEach((metric, value) -> result.seed(seed, metric, value)));
          }
        });
    result.attemptBaselines(
        Baseline.all(protocol.training().seed()),
        "",
        baseline -> {
          Baseline.Fitted fitted = baseline.fit(train.values());
          double[] scores = scores(fitted, test.values());
          rank(
              scores,
              test.anomalous(),
              (metric, value) -> result.baseline(baseline.name(), metric, value));
          int records = protocol.training().alerts().smooth();
          if (records > 1) {
            rank(
                smoothed(fitted, train.values(), scores, records),
                test.anomalous(),
                (metric, value) -> result.baseline(baseline.name() + "-smoothed", metric, value));
          }
        });
    if (RankingMetrics.auroc(new double[test.size()], test.anomalous()).isEmpty()) {
      result.note(
          String.format(
              "%s: no figure is defined, all %d labels are equal", test.source(), test.size()));
    }
  }

  private static double[] scores(Baseline.Fitted fitted, float[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> fitted.score(row, Baseline.Fitted.NEW)).toArray();
  }

  /** The means that the detector's second look goes over, with the end of the training part. */
  private static double[] smoothed(
      Baseline.Fitted fitted, float[][] train, double[] scores, int records) {
    int before = Math.min(train.length, RecentScores.memory(records));
    double[] all =
        DoubleStream.concat(
                Arrays.stream(
                    scores(fitted, Arrays.copyOfRange(train, train.length - before, train.length))),
                Arrays.stream(scores))
            .toArray();
    double[] means = new double[scores.length];
    Arrays.setAll(means, row -> RecentScores.mean(all, before + row, records));
    return means;
  }

  /** Takes one figure. */
  private interface Sink {
    void accept(String metric, OptionalDouble value);
  }

  private static void rank(double[] scores, boolean[] anomalous, Sink sink) {
    OptionalDouble auroc = RankingMetrics.auroc(scores, anomalous);
    Optional<VolumeUnderSurface> volume = VolumeUnderSurface.of(scores, anomalous, VUS_BUFFER);
    sink.accept("auroc", auroc);
    sink.accept("ap", RankingMetrics.averagePrecision(scores, anomalous));
    sink.accept("vus_roc", defined(volume.map(VolumeUnderSurface::roc)));
    sink.accept("vus_pr", defined(volume.map(VolumeUnderSurface::pr)));
    sink.accept(
        "best_f1",
        auroc.isEmpty()
            ? OptionalDouble.empty()
            : defined(BorderMetrics.bestF1(scores, anomalous).map(best -> best.confusion().f1())));
  }

  private static OptionalDouble defined(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
