package io.nelbo.jobs.bench;

import java.time.Duration;

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
    long seed) {}
