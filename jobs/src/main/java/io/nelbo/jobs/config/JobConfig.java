package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the Flink job runs.
 *
 * @param parallelism subtasks
 * @param checkpointInterval time between checkpoints; also the delay of exactly-once results
 * @param checkpointDir where checkpoints go; needed as soon as state outgrows 5 MiB
 * @param guarantee towards readers of the output topics
 * @param transactionTimeout must exceed the checkpoint interval plus the longest outage, and stay
 *     below the broker's maximum
 */
public record JobConfig(
    int parallelism,
    Duration checkpointInterval,
    String checkpointDir,
    Guarantee guarantee,
    Duration transactionTimeout)
    implements Serializable {
  /** Towards readers of the output topics. */
  public enum Guarantee {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }
}
