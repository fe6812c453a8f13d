package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TopicsConfig.ScoresMode;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.stream.JobSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The scoring job: Kafka in, Kafka out. */
public final class ScoreJob {
  private ScoreJob() {}

  /** Builds the graph in the environment; nothing runs yet. */
  public static void define(StreamExecutionEnvironment env, NelboConfig config) {
    define(env, config, ConfiguredModels.detectors(config));
  }

  /** The same with detectors that come from elsewhere than the configured store. */
  public static void define(
      StreamExecutionEnvironment env, NelboConfig config, DetectorFactory detectors) {
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "score");
    ScoreTopology.Outputs outputs =
        ScoreTopology.build(
            kafka.records(env),
            kafka.models(env),
            config,
            detectors,
            kafka.modelHistory(),
            LatentSample.NONE);
    if (config.topics().scoresMode() != ScoresMode.OFF) {
      outputs.scores().sinkTo(kafka.scoreSink()).name("scores").uid("scores");
    }
    outputs.anomalies().sinkTo(kafka.anomalySink()).name("anomalies").uid("anomalies");
    outputs.deadLetters().sinkTo(kafka.deadLetterSink()).name("dead-letters").uid("dead-letters");
  }
}
