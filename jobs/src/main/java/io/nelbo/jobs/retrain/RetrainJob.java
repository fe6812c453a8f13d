package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The side pipeline that trains on the stream: a job of its own. */
public final class RetrainJob {
  private RetrainJob() {}

  /** Builds the graph in the environment; nothing runs yet. */
  public static void define(StreamExecutionEnvironment env, NelboConfig config) {
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "retrain");
    String store = config.model().store();
    long maxBytes = config.model().maxBytes();
    RetrainTopology.build(
            kafka.records(env),
            config,
            () -> new LocalArtifactStore(Path.of(store), maxBytes),
            kafka.modelHistory())
        .sinkTo(kafka.modelSink())
        .name("models")
        .uid("models")
        .setParallelism(1);
  }
}
