package io.nelbo.jobs.bench;

import java.util.Map;

/**
 * The stream and the job that are measured.
 *
 * @param features per record
 * @param series that share the records
 * @param windowLength records per window
 * @param partitions of every topic, and subtasks of both jobs
 * @param exactlyOnce guarantee of both jobs
 * @param scoresMode how much of the scores topic is written: all, sampled or off
 * @param batchSize windows per native call
 * @param seed of the records and the model
 */
public record BenchPlan(
    int features,
    int series,
    int windowLength,
    int partitions,
    boolean exactlyOnce,
    String scoresMode,
    int batchSize,
    long seed) {
  /** What was measured on, as the last keys of a report. */
  void describe(Map<String, Object> map) {
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
