package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.Replay;
import io.nelbo.jobs.testing.ScoresByRecord;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.ScoreStatus;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job is stopped and killed in the middle of its work; its readers do not notice. */
final class RestartIT {
  private static final int PART = 10_000;
  private static final int WITHOUT_MODEL = 5_000;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void readersSeeTheUndisturbedScoresOnceThoughTheJobWasCancelledAndItsWorkersKilled()
      throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            detector: restart
            kafka: {bootstrap-servers: "%s"}
            source: {topic: restart.records}
            model: {id: test, store: %s, device: cpu}
            job: {parallelism: 2, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
            """
                .formatted(
                    BROKER.bootstrapServers(),
                    folder.resolve("store"),
                    folder.resolve("checkpoints").toUri()));
    BROKER.createTopics(config, 2);
    new ModelAnnouncer(config)
        .announce(
            TestModels.activation(
                TestModels.publish(folder.resolve("store"), 1, 1),
                0,
                RecordStream.START + 1 + WITHOUT_MODEL));
    String broker = BROKER.bootstrapServers();
    String scoresTopic = config.topics().scores();
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 2, 20, 1);
        TopicTail committed = TopicTail.committed(broker, scoresTopic);
        TopicTail uncommitted = TopicTail.uncommitted(broker, scoresTopic)) {
      JobID first = CLUSTER.submit(job(config));
      records.send(PART);
      Await.until("some is committed", () -> committed.count() > 0);

      // Cancelled while it works on these: what its last checkpoint lacks is written again.
      records.send(PART);
      String checkpoint = CLUSTER.cancel(first);
      records.send(PART);
      JobID second = CLUSTER.resume(job(config), checkpoint);
      int before = committed.count();
      Await.until("the resumed job commits", () -> committed.count() > before);

      records.send(PART);
      CLUSTER.replaceWorker();
      CLUSTER.replaceWorker();
      records.send(PART);
      Await.until("the job runs again", () -> CLUSTER.restarts(second) > 0);
      Await.until("all scores are committed", () -> committed.count() >= records.sent().size());
      long checkpoints = CLUSTER.checkpoints(second);
      Await.until("another checkpoint", () -> CLUSTER.checkpoints(second) > checkpoints);
      CLUSTER.cancel(second);

      assertThat(records.sent()).hasSize(5 * PART);
      new EveryRecordIsScoredOnce(records.sent()).judge(committed.look());
      Await.until(
          "an uncommitted reader sees no less", () -> uncommitted.count() >= records.sent().size());
      ScoresByRecord scores = ScoresByRecord.of(committed.look());
      assertThat(scores.with(ScoreStatus.NO_MODEL)).isEqualTo(WITHOUT_MODEL);
      assertThat(scores.with(ScoreStatus.SCORED)).isEqualTo(5 * PART - WITHOUT_MODEL);
      Replay undisturbed = Replay.of(config, BROKER, CLUSTER, folder, 5 * PART, 0);
      assertThat(scores.differences(ScoresByRecord.of(undisturbed.scores()))).isEmpty();
    }
  }

  private static StreamExecutionEnvironment job(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    return env;
  }
}
