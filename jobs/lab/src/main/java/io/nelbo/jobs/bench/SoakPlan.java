package io.nelbo.jobs.bench;

/**
 * A long run of a score job and a retrain job over a live stream.
 *
 * @param bench the stream and the jobs, of one partition and with all scores: the order of the
 *     scores tells how often the model changed
 * @param recordsPerSecond pace of the stream
 * @param swaps announcements of another model, at least a thousand for a trend
 * @param swapsPerSecond their pace
 * @param trainings of the retrain job, one after another
 */
public record SoakPlan(
    BenchPlan bench, double recordsPerSecond, int swaps, double swapsPerSecond, int trainings) {
  private static final double SECONDS_PER_TRAINING = 60;
  private static final double START_SECONDS = 120;
  private static final double LEAST_SECONDS = 120;

  public SoakPlan {
    require(bench.partitions() == 1, "a soak runs with parallelism 1, got " + bench.partitions());
    require(bench.scoresMode().equals("all"), "a soak needs all scores, got " + bench.scoresMode());
    require(swapsPerSecond > 0, "swaps per second must be positive, got " + swapsPerSecond);
    require(
        swaps >= LEAST_SECONDS * swapsPerSecond,
        "a trend needs %.0f s of swaps, %s at %s a second are fewer"
            .formatted(LEAST_SECONDS, swaps, swapsPerSecond));
    require(trainings >= 0, "trainings must not be negative, got " + trainings);
  }

  /** After so long it has failed. */
  double mostSeconds() {
    return START_SECONDS + 3 * swaps / swapsPerSecond + SECONDS_PER_TRAINING * trainings;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
