package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.models.OldestRecord;
import io.nelbo.jobs.models.RetainingStore;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.store.StoreLease;
import io.nelbo.jobs.stream.JobSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The side pipeline that trains on the stream: a job of its own, the only one of its model. */
public final class RetrainJob {
  private RetrainJob() {}

  /** Builds the graph in the environment; nothing runs yet. */
  public static void define(StreamExecutionEnvironment env, NelboConfig config) {
    JobSettings.apply(env, config, config.retrain().checkpointInterval());
    KafkaConnectors kafka = new KafkaConnectors(config, "retrain");
    ModelConfig model = config.model();
    ModelHistory history = kafka.modelHistory();
    OldestRecord oldest = kafka.oldestRecord();
    RetrainTopology.leased(
            kafka.records(env),
            config,
            () -> new RetainingStore(ArtifactStores.open(model), config, history, oldest),
            history,
            lease(model),
            UUID.randomUUID().toString())
        .sinkTo(kafka.modelSink())
        .name("models")
        .uid("models")
        .setParallelism(1);
  }

  private static LeaseFactory lease(ModelConfig model) {
    return (owner, attempt, clock) ->
        new StoreLease(model, owner, attempt, host(), clock, time -> Thread.sleep(time.toMillis()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "an unnamed host";
    }
  }
}
