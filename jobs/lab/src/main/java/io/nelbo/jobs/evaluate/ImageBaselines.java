package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.model.fit.TrainingException;
import java.util.stream.IntStream;

/**
 * The trivial detectors on the raw pixels of grey images. Principal axes and distances in hundreds
 * of dimensions take their time: of many images an even choice is used, which a note says.
 */
final class ImageBaselines {
  private static final int MOST_TRAINED = 10_000;
  private static final int MOST_TESTED = 2_500;

  private final String set;
  private final String metric;
  private final long seed;

  /**
   * @param metric under which the areas are filed
   * @param seed of the random scores
   */
  ImageBaselines(String set, String metric, long seed) {
    this.set = set;
    this.metric = metric;
    this.seed = seed;
  }

  /** Fits to some images, ranks others, and files the area under each curve. */
  void rank(float[][] train, float[][] test, boolean[] anomalous, SetResult.Builder result)
      throws TrainingException {
    int[] fitted = evenChoice(train.length, MOST_TRAINED);
    int[] ranked = evenChoice(test.length, MOST_TESTED);
    float[][] rows = IntStream.of(fitted).mapToObj(i -> train[i]).toArray(float[][]::new);
    boolean[] labels = new boolean[ranked.length];
    IntStream.range(0, ranked.length).forEach(i -> labels[i] = anomalous[ranked[i]]);
    result.attemptBaselines(
        Baseline.all(seed),
        "",
        baseline -> {
          Baseline.Fitted model = baseline.fit(rows);
          double[] scores =
              IntStream.of(ranked)
                  .mapToDouble(i -> model.score(test[i], Baseline.Fitted.NEW))
                  .toArray();
          result.baseline(baseline.name(), metric, RankingMetrics.auroc(scores, labels));
        });
    if (fitted.length < train.length || ranked.length < test.length) {
      result.note(
          String.format(
              "%s: the baselines are fitted to %d of %d and rank %d of %d images",
              set, fitted.length, train.length, ranked.length, test.length));
    }
  }

  /** At most so many positions, evenly spread. */
  static int[] evenChoice(int all, int most) {
    int chosen = Math.min(all, most);
    return IntStream.range(0, chosen).map(i -> (int) ((long) i * all / chosen)).toArray();
  }
}
