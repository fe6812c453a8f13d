package io.nelbo.jobs.testing;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.score.ScoreJob;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The same records and model events, scored once more from their beginning by a job that nobody
 * disturbs.
 */
public record Replay(
    List<ConsumerRecord<byte[], byte[]>> scores, List<ConsumerRecord<byte[], byte[]>> anomalies) {

  /**
   * Runs until so many scores and anomalies are committed.
   *
   * @param original of the run that is repeated; output topics and consumer group are others
   */
  public static Replay of(
      NelboConfig original,
      SharedBroker broker,
      SharedCluster cluster,
      Path folder,
      int expectedScores,
      int expectedAnomalies)
      throws Exception {
    String name = original.source().topic() + ".replay";
    NelboConfig config =
        TestConfig.of(
            """
            detector: %s
            kafka: {bootstrap-servers: "%s"}
            source: {topic: %s, group: %s}
            topics: {scores: %s.scores, anomalies: %s.anomalies, dead-letters: %s.dead-letters, models: %s}
            alert: {false-alarm-rate: %s, episode-gap: %dms}
            model: {id: %s, store: %s, device: cpu}
            job: {parallelism: 1, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
            """
                .formatted(
                    original.detector(),
                    broker.bootstrapServers(),
                    original.source().topic(),
                    name,
                    name,
                    name,
                    name,
                    original.topics().models(),
                    original.alert().falseAlarmRate(),
                    original.alert().episodeGap().toMillis(),
                    original.model().id(),
                    original.model().store(),
                    folder.resolve("replay-checkpoints").toUri()));
    broker.createOutputs(config, 1);
    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    JobID job = cluster.submit(env);
    try (TopicTail scores =
            TopicTail.committed(broker.bootstrapServers(), config.topics().scores());
        TopicTail anomalies =
            TopicTail.committed(broker.bootstrapServers(), config.topics().anomalies())) {
      Await.until("the replay has scored all", () -> scores.count() >= expectedScores);
      Await.until("the replay has told all", () -> anomalies.count() >= expectedAnomalies);
      cluster.cancel(job);
      return new Replay(scores.look(), anomalies.look());
    }
  }
}
