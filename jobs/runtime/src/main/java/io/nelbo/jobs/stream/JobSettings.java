package io.nelbo.jobs.stream;

import io.nelbo.jobs.config.JobConfig;
import io.nelbo.jobs.config.NelboConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What every job of ours asks of Flink. */
public final class JobSettings {
  /** Set once for ever: changing it would invalidate every savepoint. */
  private static final int MAX_PARALLELISM = 720;

  private JobSettings() {}

  /** For a job that never ends. */
  public static void apply(StreamExecutionEnvironment env, NelboConfig config) {
    apply(env, config, config.job().checkpointInterval());
  }

  /** The same with checkpoints of its own interval. */
  public static void apply(
      StreamExecutionEnvironment env, NelboConfig config, Duration checkpointInterval) {
    applyToBounded(env, config);
    JobConfig job = config.job();
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, job.checkpointUri().toString());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    env.configure(settings);
    env.enableCheckpointing(checkpointInterval.toMillis());
  }

  /** For a job with an end, which is run again rather than recovered: without checkpoints. */
  public static void applyToBounded(StreamExecutionEnvironment env, NelboConfig config) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // A stream type that falls to Kryo is a bug, found at start.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
    env.configure(settings);
    env.setParallelism(config.job().parallelism());
    env.setMaxParallelism(MAX_PARALLELISM);
  }
}
