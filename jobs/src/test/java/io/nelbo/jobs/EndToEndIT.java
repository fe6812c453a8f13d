package io.nelbo.jobs;

import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.retrain.RetrainJob;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.Replay;
import io.nelbo.jobs.testing.ScoresByRecord;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Both jobs on one stream: from no model at all to an anomaly that explains itself. */
final class EndToEndIT {
  private static final int COLD = 1_000;
  private static final int WARM = 400;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void aStreamTrainsItsFirstModelIsScoredByItAndAReplaySaysTheSame() throws Exception {
    NelboConfig config = config();
    BROKER.createTopics(config, 1);
    String broker = BROKER.bootstrapServers();
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 1, 4, 1_000);
        TopicTail models = TopicTail.committed(broker, config.topics().models());
        TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail anomalies = TopicTail.committed(broker, config.topics().anomalies())) {
      JobID retrain = start(config, "retrain");
      JobID score = start(config, "score");
      records.send(COLD);
      Await.until("a model is announced", () -> models.count() > 0);
      Await.until("the cold records have passed", () -> scores.count() >= COLD);
      // Only what comes after the announcement has reached the scorer is sure to be governed by it.
      Await.until(
          "the scorer has the model", () -> CLUSTER.counter(score, MetricNames.MODEL_LOADS) > 0);

      records.send(WARM / 2);
      records.sendBroken();
      long brokenAt = records.lastMillis();
      records.send(WARM / 2);
      int sent = records.sent().size();
      Await.until("all records are scored", () -> scores.count() >= sent);
      Await.until("the episode is closed", () -> isClosed(events(anomalies.look()), brokenAt));
      long checkpoints = CLUSTER.checkpoints(score);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(score) > checkpoints + 1);
      CLUSTER.cancel(score);
      CLUSTER.cancel(retrain);

      new EveryRecordIsScoredOnce(records.sent()).judge(scores.look());
      ModelNotice model = onlyActivation(models);
      assertThat(model.effectiveFromMillis())
          .isBetween(RecordStream.START + COLD * 1_000L, brokenAt);
      ScoresByRecord live = ScoresByRecord.of(scores.look());
      assertThat(live.scores().values())
          .allSatisfy(result -> assertThat(result.getStatus()).isEqualTo(expected(result, model)));
      Anomaly found = opened(events(anomalies.look()), brokenAt);
      assertThat(found.getScore()).isGreaterThanOrEqualTo(1);
      assertThat(found.getModelVersion()).isEqualTo(model.version());
      assertThat(found.getAttribution().get(0).getFeature()).isEqualTo("b");

      List<Anomaly> told = events(anomalies.look());
      Replay replay = Replay.of(config, BROKER, CLUSTER, folder, sent, told.size());
      assertThat(live.differences(ScoresByRecord.of(replay.scores()))).isEmpty();
      assertThat(events(replay.anomalies())).isEqualTo(told);
    }
  }

  private static ScoreStatus expected(Score result, ModelNotice model) {
    return result.getEventTime().toEpochMilli() < model.effectiveFromMillis()
        ? ScoreStatus.NO_MODEL
        : ScoreStatus.SCORED;
  }

  private static ModelNotice onlyActivation(TopicTail models) {
    ModelNoticeCodec codec = new ModelNoticeCodec();
    List<ModelNotice> decisions =
        models.look().stream().map(codec::read).flatMap(Optional::stream).toList();
    assertThat(decisions).extracting(ModelNotice::kind).containsExactly(ACTIVATED);
    assertThat(decisions.get(0).heldOutNegativeElbo()).isFinite();
    return decisions.get(0);
  }

  private static Anomaly opened(List<Anomaly> events, long eventTimeMillis) {
    List<Anomaly> opened =
        events.stream()
            .filter(event -> event.getKind() == AnomalyKind.OPENED)
            .filter(event -> event.getEventTime().toEpochMilli() == eventTimeMillis)
            .toList();
    assertThat(opened).hasSize(1);
    return opened.get(0);
  }

  private static boolean isClosed(List<Anomaly> events, long startMillis) {
    return events.stream()
        .anyMatch(
            event ->
                event.getKind() == AnomalyKind.CLOSED
                    && event.getEpisodeStart().toEpochMilli() == startMillis);
  }

  /** In one order, without the one field that a replay changes. */
  private static List<Anomaly> events(List<ConsumerRecord<byte[], byte[]>> read)
      throws WireFormatException {
    SingleObject<Anomaly> wire = SingleObject.of(Anomaly.class);
    List<Anomaly> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read) {
      Anomaly event = wire.decode(record.value());
      event.setProcessingTime(Instant.EPOCH);
      events.add(event);
    }
    events.sort(Comparator.comparing(event -> event.getId().toString()));
    return events;
  }

  private static JobID start(NelboConfig config, String job) throws Exception {
    StreamExecutionEnvironment env = SharedCluster.environment();
    if (job.equals("retrain")) {
      RetrainJob.define(env, config);
    } else {
      ScoreJob.define(env, config);
    }
    return CLUSTER.submit(env);
  }

  private static NelboConfig config() {
    return TestConfig.of(
        """
        detector: endtoend
        kafka: {bootstrap-servers: "%s"}
        source: {topic: endtoend.records}
        model: {store: %s, device: cpu, activation-delay: 10s}
        train: {hidden: 16, latent: 2, steps: 400, batch-size: 64, learning-rate: 0.003, scale-by: global}
        retrain: {min-rows: %d}
        alert: {false-alarm-rate: 0.01, episode-gap: 2s}
        job: {parallelism: 1, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
        """
            .formatted(
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                COLD - 1,
                folder.resolve("checkpoints").toUri()));
  }
}
