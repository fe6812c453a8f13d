package io.nelbo.jobs.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job is stopped and killed in the middle of its work; its readers do not notice. */
final class RestartIT {
  private static final int PART = 10_000;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  private final Set<Position> sent = ConcurrentHashMap.newKeySet();
  private final SensorRecordWriter writer = new SensorRecordWriter();
  private final CorrelatedSensors sensors = new CorrelatedSensors(3);
  private long time = 1_700_000_000_000L;

  @Test
  void aReaderSeesEachRecordOnceThoughTheJobWasCancelledAndResumedAndItsWorkersKilled()
      throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            detector: restart
            kafka: {bootstrap-servers: "%s"}
            source: {topic: restart.records}
            model: {store: %s, device: cpu}
            job: {parallelism: 2, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
            """
                .formatted(
                    BROKER.bootstrapServers(),
                    folder.resolve("store"),
                    folder.resolve("checkpoints").toUri()));
    BROKER.createTopics(config, 2);
    String broker = BROKER.bootstrapServers();
    String scoresTopic = config.topics().scores();
    try (RawProducer producer = new RawProducer(broker, config.source().topic());
        TopicTail committed = TopicTail.committed(broker, scoresTopic);
        TopicTail uncommitted = TopicTail.uncommitted(broker, scoresTopic)) {
      JobID first = CLUSTER.submit(job(config));
      send(producer);
      Await.until("some is committed", () -> committed.count() > 0);

      // Cancelled while it works on these: what its last checkpoint lacks is written again.
      send(producer);
      String checkpoint = CLUSTER.cancel(first);
      send(producer);
      JobID second = CLUSTER.resume(job(config), checkpoint);
      int before = committed.count();
      Await.until("the resumed job commits", () -> committed.count() > before);

      send(producer);
      CLUSTER.replaceWorker(0);
      CLUSTER.replaceWorker(1);
      send(producer);
      Await.until("the job runs again", () -> CLUSTER.restarts(second) > 0);
      Await.until("all scores are committed", () -> committed.count() >= sent.size());
      long checkpoints = CLUSTER.checkpoints(second);
      Await.until("another checkpoint", () -> CLUSTER.checkpoints(second) > checkpoints);
      CLUSTER.cancel(second);

      assertThat(sent).hasSize(5 * PART);
      new EveryRecordIsScoredOnce(sent).judge(committed.look());
      Await.until("an uncommitted reader sees no less", () -> uncommitted.count() >= sent.size());
    }
  }

  private static StreamExecutionEnvironment job(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    return env;
  }

  private void send(RawProducer producer) {
    for (int i = 0; i < PART; i++) {
      String series = "s" + i % 20;
      time++;
      byte[] value = writer.write(series, time, sensors.normal(), -1);
      producer.send(i % 2, time, series.getBytes(UTF_8), value, sent::add);
    }
    producer.flush();
  }
}
