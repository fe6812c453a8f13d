package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.DamagedModel;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.LogLines;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.ScoresByRecord;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every bad model is announced to a running job; the incumbent scores on, and all is counted. */
final class RefusedModelsIT {
  private static final int UNSCORED = 100;
  private static final int PART = 300;
  private static final int GARBAGE = 4;
  private static final int LATE = 3;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void theIncumbentScoresOnAndEachRefusalIsCountedByItsReasonAndLogged() throws Exception {
    NelboConfig config = config();
    BROKER.createTopics(config, 1);
    ModelAnnouncer announcer = new ModelAnnouncer(config);
    announcer.announce(
        TestModels.activation(
            TestModels.publish(folder.resolve("store"), 1, 1),
            0,
            RecordStream.START + 1 + UNSCORED));
    String broker = BROKER.bootstrapServers();
    LogLines log = LogLines.fromNowOn();
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 1, 5, 1);
        TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail letters = TopicTail.committed(broker, config.topics().deadLetters())) {
      StreamExecutionEnvironment env = SharedCluster.environment();
      ScoreJob.define(env, config);
      JobID job = CLUSTER.submit(env);
      records.send(PART);
      Await.until("the first part is scored", () -> scores.count() >= PART);

      for (DamagedModel damage : DamagedModel.values()) {
        announcer.announce(damage.announced(folder, 0, records.lastMillis() + 1));
      }
      Map<String, Long> expected = expectedRefusals();
      Await.until("all are refused", () -> refusals(job, expected).equals(expected));
      records.sendGarbage(GARBAGE);
      records.sendLate(LATE);
      records.send(PART);
      Await.until("the second part is scored", () -> scores.count() >= 2 * PART);
      Await.until("the rest is refused", () -> letters.count() >= GARBAGE + LATE);

      new EveryRecordIsScoredOnce(records.sent()).judge(scores.look());
      ScoresByRecord all = ScoresByRecord.of(scores.look());
      assertThat(all.with(ScoreStatus.NO_MODEL)).isEqualTo(UNSCORED);
      assertThat(all.with(ScoreStatus.SCORED)).isEqualTo(2 * PART - UNSCORED);
      assertThat(all.scores().values()).noneMatch(Score::getOverdue);
      assertThat(all.scores().values().stream().filter(s -> s.getStatus() == ScoreStatus.SCORED))
          .allSatisfy(score -> assertThat(score.getModelVersion()).hasToString("v000001"));
      for (DamagedModel damage : DamagedModel.values()) {
        assertThat(log.lines())
            .anyMatch(
                line ->
                    line.startsWith(
                            "model test %s is refused (%s): "
                                .formatted(damage.version(), damage.reason()))
                        && line.contains(damage.message())
                        && line.endsWith("; the model before it, if any, stays in force"));
      }
      assertMetrics(job);
      assertThat(CLUSTER.restarts(job)).isZero();
      CLUSTER.cancel(job);
    }
  }

  private static void assertMetrics(JobID job) {
    assertThat(CLUSTER.counter(job, MetricNames.RECORDS_IN)).isEqualTo(2 * PART + GARBAGE + LATE);
    assertThat(CLUSTER.counter(job, MetricNames.SCORED)).isEqualTo(2 * PART - UNSCORED);
    assertThat(CLUSTER.counter(job, "reason.NO_MODEL." + MetricNames.UNSCORED)).isEqualTo(UNSCORED);
    assertThat(CLUSTER.counter(job, "reason.UNPARSEABLE." + MetricNames.DEAD_LETTERED))
        .isEqualTo(GARBAGE);
    assertThat(CLUSTER.counter(job, MetricNames.LATE)).isEqualTo(LATE);
    assertThat(CLUSTER.counter(job, MetricNames.MODEL_LOADS)).isEqualTo(1);
    assertThat(CLUSTER.counter(job, MetricNames.OVERDUE)).isZero();
  }

  private static Map<String, Long> expectedRefusals() {
    Map<String, Long> expected = new TreeMap<>();
    for (DamagedModel damage : DamagedModel.values()) {
      expected.merge(damage.reason().name(), 1L, Long::sum);
    }
    return expected;
  }

  private static Map<String, Long> refusals(JobID job, Map<String, Long> expected) {
    Map<String, Long> counted = new TreeMap<>();
    for (String reason : expected.keySet()) {
      counted.put(
          reason, CLUSTER.counter(job, "reason." + reason + "." + MetricNames.MODEL_LOAD_FAILURES));
    }
    return counted;
  }

  private static NelboConfig config() {
    return TestConfig.of(
        """
        detector: refused
        kafka: {bootstrap-servers: "%s"}
        source: {topic: refused.records}
        order: {late: dead-letter}
        model: {id: test, store: %s, device: cpu}
        job: {parallelism: 1, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
        """
            .formatted(
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                folder.resolve("checkpoints").toUri()));
  }
}
