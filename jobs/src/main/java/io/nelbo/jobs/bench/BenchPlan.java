package io.nelbo.jobs.bench;

import java.time.Duration;
import java.util.Map;

/**
 * One benchmark of the pipeline.
 *
 * @param records preloaded into the source topic
 * @param features per record
 * @param series that share the records
 * @param windowLength records per window
 * @param partitions of every topic, and subtasks of both jobs
 * @param exactlyOnce guarantee of both jobs
 * @param scoresMode how much of the scores topic is written: all, sampled or off
 * @param batchSize windows per native call
 * @param warmUp each job runs for at least this long before anything is measured
 * @param runs measured runs of each job, alternating
 * @param seed of the records and the model
 */
public record BenchPlan(
    long records,
    int features,
    int series,
    int windowLength,
    int partitions,
    boolean exactlyOnce,
    String scoresMode,
    int batchSize,
    Duration warmUp,
    int runs,
    long seed) {
  /** What was measured on, as the last keys of a report. */
  void describe(Map<String, Object> map) {
    map.put("records", records);
    map.put("features", features);
    map.put("series", series);
    map.put("window", windowLength);
    map.put("partitions", partitions);
    map.put("guarantee", exactlyOnce ? "exactly-once" : "at-least-once");
    map.put("scores", scoresMode);
    map.put("batch", batchSize);
    map.put("seed", seed);
  }
}
