package io.nelbo.jobs.retrain;

import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.REJECTED;
import static io.nelbo.schemas.ModelEventKind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Slide after slide on real topics, with a failure in between. */
final class SlidingRetrainIT {
  private static final long SLIDE = 300_000;

  /** The first slide ends a hundred seconds after the first record. */
  private static final long FIRST_END = RecordStream.START + 100_000;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  private static final AtomicBoolean FAIL = new AtomicBoolean();

  @TempDir private Path store;

  @Test
  void everySlideGetsOneDecisionAcrossAFailure() throws Exception {
    NelboConfig config = config();
    BROKER.createTopics(config, 1);
    try (RecordStream records =
            new RecordStream(BROKER.bootstrapServers(), config.source().topic(), 1, 2, 1_000);
        TopicTail models =
            TopicTail.committed(BROKER.bootstrapServers(), config.topics().models())) {
      JobID job = CLUSTER.submit(job(config));
      records.send(150);
      Await.until("the first slide is skipped", () -> models.count() == 1);
      records.send(180);
      Await.until("the first model is announced", () -> models.count() == 2);
      records.send(80);
      Await.until("the second slide is decided", () -> models.count() == 3);

      FAIL.set(true);
      records.send(1);
      Await.until("the job runs again", () -> CLUSTER.restarts(job) > 0);
      records.send(300);

      Await.until("the third slide is decided", () -> models.count() == 4);
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      CLUSTER.cancel(job);
      List<ModelNotice> decisions = decisions(models);
      assertThat(decisions)
          .extracting(ModelNotice::trigger, ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(
              tuple(ModelTrigger.SCHEDULE, FIRST_END, 99L),
              tuple(ModelTrigger.FIRST, RecordStream.START + 300_001, 300L),
              tuple(ModelTrigger.SCHEDULE, FIRST_END + SLIDE, 399L),
              tuple(ModelTrigger.SCHEDULE, FIRST_END + 2 * SLIDE, 600L));
      assertThat(decisions.get(0).kind()).isEqualTo(SKIPPED);
      assertThat(decisions.get(1).kind()).isEqualTo(ACTIVATED);
      for (ModelNotice judged : decisions.subList(2, 4)) {
        assertThat(judged.kind()).isIn(ACTIVATED, REJECTED);
        assertThat(judged.incumbentVersion()).matches("v00000[12]");
        assertThat(judged.incumbentNegativeElbo()).isFinite();
        assertThat(judged.figures()).containsKeys("power", "difference_upper", "alarm_rate");
        assertThat(
                new LocalArtifactStore(store)
                    .load(judged.uri(), judged.sha256())
                    .manifest()
                    .version())
            .isEqualTo(judged.version());
      }
    }
  }

  private NelboConfig config() {
    return TestConfig.of(
        """
        detector: sliding
        kafka: {bootstrap-servers: "%s"}
        source: {topic: sliding.records}
        model: {id: test, store: %s, device: cpu}
        alert: {false-alarm-rate: 0.01}
        train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, scoring-samples: 4}
        retrain: {span: 600s, every: 300s, min-rows: 300}
        job: {parallelism: 1, checkpoint-interval: 200ms, checkpoint-dir: "%s"}
        """
            .formatted(BROKER.bootstrapServers(), store, store.resolve(".checkpoints").toUri()));
  }

  private StreamExecutionEnvironment job(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "retrain");
    String root = store.toString();
    RetrainTopology.build(
            kafka.records(env).map(SlidingRetrainIT::failIfTold).returns(Decoded.class),
            config,
            () -> new LocalArtifactStore(Path.of(root)),
            kafka.modelHistory())
        .sinkTo(kafka.modelSink());
    return env;
  }

  private static Decoded failIfTold(Decoded record) {
    if (FAIL.getAndSet(false)) {
      throw new IllegalStateException("told to fail");
    }
    return record;
  }

  private static List<ModelNotice> decisions(TopicTail models) {
    ModelNoticeCodec codec = new ModelNoticeCodec();
    return models.look().stream().map(codec::read).flatMap(Optional::stream).toList();
  }
}
