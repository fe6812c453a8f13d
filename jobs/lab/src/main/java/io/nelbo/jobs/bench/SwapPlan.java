package io.nelbo.jobs.bench;

import java.time.Duration;

/**
 * A measurement of what swaps, and trainings in the same process, do to the latency of records.
 *
 * @param bench the stream and the job
 * @param recordsPerSecond pace of the stream; the job must be able to keep up
 * @param warmUp before anything is measured
 * @param swaps announcements of another model
 * @param every from one announcement to the next, more than two seconds
 * @param training for so long one training follows another
 */
public record SwapPlan(
    BenchPlan bench,
    double recordsPerSecond,
    Duration warmUp,
    int swaps,
    Duration every,
    Duration training) {
  public SwapPlan {
    if (every.compareTo(LatencyReport.SIDE.multipliedBy(2)) <= 0) {
      throw new IllegalArgumentException(
          "swaps must be more than %s apart, got %s: one second before and one after each are compared"
              .formatted(LatencyReport.SIDE.multipliedBy(2), every));
    }
  }
}
