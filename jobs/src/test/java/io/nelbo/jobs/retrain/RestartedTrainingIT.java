package io.nelbo.jobs.retrain;

import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.retrain.WatchedStore.Moment;
import io.nelbo.jobs.retrain.WatchedStore.Trap;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decisions on a real topic, whatever befalls the job that makes them. */
final class RestartedTrainingIT {
  private static final int ROWS = 600;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  // The job runs in this process: its recipes find here what a job graph cannot carry.
  private static volatile Trap trap = new Trap(Moment.TRAINING_BEGINS);
  private static final AtomicBoolean FAIL = new AtomicBoolean();

  @TempDir private Path store;

  @ParameterizedTest
  @EnumSource
  void aFailureInATrainingGivesOneAnnouncementAndOneArtifact(Moment moment) throws Exception {
    trap = new Trap(moment);
    NelboConfig config = config(moment.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    BROKER.createTopics(config, 1);
    try (RecordStream records = records(config);
        TopicTail models = models(config)) {
      JobID job = CLUSTER.submit(job(config));
      records.send(ROWS);
      Await.until("the training is caught", () -> trap.isReached());

      FAIL.set(true);
      records.send(1);
      Await.until("the failure has struck", () -> !FAIL.get());
      trap.release();

      Await.until("the job runs again", () -> CLUSTER.restarts(job) > 0);
      records.send(1); // event time goes on
      Await.until("the decision is committed", () -> models.count() > 0);
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      CLUSTER.cancel(job);
      List<ModelNotice> decisions = decisions(models);
      assertThat(decisions).extracting(ModelNotice::kind).containsExactly(ACTIVATED);
      ModelNotice activated = decisions.get(0);
      if (moment == Moment.PUBLISHED_BUT_NOT_ANNOUNCED) {
        assertThat(activated.reason()).contains("published before");
      }
      assertThat(activated.heldOutNegativeElbo()).isFinite();
      LocalArtifactStore artifacts = new LocalArtifactStore(store);
      assertThat(artifacts.list("test"))
          .extracting(version -> version.sha256())
          .containsExactly(activated.sha256());
      assertThat(artifacts.load(activated.uri(), activated.sha256()).manifest().version())
          .isEqualTo(activated.version());
    }
  }

  @Test
  void aTrainingWhoseWorkerIsKilledIsRepeatedAndAnnouncedOnce() throws Exception {
    trap = new Trap(Moment.PUBLICATION_BEGINS);
    NelboConfig config = config("killed-worker");
    BROKER.createTopics(config, 1);
    try (RecordStream records = records(config);
        TopicTail models = models(config)) {
      JobID job = CLUSTER.submit(job(config));
      records.send(ROWS);
      Await.until("the training is caught", () -> trap.isReached());
      long before = CLUSTER.checkpoints(job);
      Await.until("its request lies in state", () -> CLUSTER.checkpoints(job) > before + 1);

      CLUSTER.replaceWorkers(trap::release);

      Await.until("the job runs again", () -> CLUSTER.restarts(job) > 0);
      records.send(1); // event time goes on
      Await.until("the decision is committed", () -> models.count() > 0);
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      CLUSTER.cancel(job);
      List<ModelNotice> decisions = decisions(models);
      assertThat(decisions).extracting(ModelNotice::kind).containsExactly(ACTIVATED);
      assertThat(decisions.get(0).rows()).isEqualTo(ROWS - 1);
      assertThat(new LocalArtifactStore(store).list("test"))
          .extracting(version -> version.sha256())
          .containsExactly(decisions.get(0).sha256());
    }
  }

  @Test
  void afterAFailedTrainingRowsAreCollectedAnewUntilAModelIsMade() throws Exception {
    trap.release();
    NelboConfig config = config("anew");
    BROKER.createTopics(config, 1);
    try (RecordStream records = records(config);
        TopicTail models = models(config)) {
      JobID job = CLUSTER.submit(job(config));
      float[] unobserved = new float[3];
      Arrays.fill(unobserved, Float.NaN);
      for (int i = 0; i < ROWS; i++) {
        records.send(unobserved);
      }
      Await.until("the failure is announced", () -> models.count() == 1);
      long failedUntil = records.lastMillis();

      records.send(ROWS + 1);

      Await.until("the model is announced", () -> models.count() == 2);
      CLUSTER.cancel(job);
      List<ModelNotice> decisions = decisions(models);
      assertThat(decisions).extracting(ModelNotice::kind).containsExactly(FAILED, ACTIVATED);
      assertThat(decisions.get(0).reason()).isNotBlank();
      assertThat(decisions.get(1).spanStartMillis()).isGreaterThanOrEqualTo(failedUntil);
      assertThat(decisions.get(1).heldOutNegativeElbo()).isFinite();
    }
  }

  private NelboConfig config(String name) {
    return TestConfig.of(
        """
        detector: %s
        kafka: {bootstrap-servers: "%s"}
        source: {topic: %s.records}
        model: {id: test, store: %s, device: cpu}
        train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, scoring-samples: 4}
        retrain: {min-rows: %d}
        job: {parallelism: 1, checkpoint-interval: 200ms, checkpoint-dir: "%s"}
        """
            .formatted(
                name,
                BROKER.bootstrapServers(),
                name,
                store,
                ROWS - 1,
                store.resolve(".checkpoints").toUri()));
  }

  private StreamExecutionEnvironment job(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "retrain");
    String root = store.toString();
    RetrainTopology.build(
            kafka.records(env).map(RestartedTrainingIT::failIfTold).returns(Decoded.class),
            config,
            () -> new WatchedStore(Path.of(root), trap))
        .sinkTo(kafka.modelSink());
    return env;
  }

  private static Decoded failIfTold(Decoded record) {
    if (FAIL.getAndSet(false)) {
      throw new IllegalStateException("told to fail");
    }
    return record;
  }

  private static RecordStream records(NelboConfig config) {
    return new RecordStream(BROKER.bootstrapServers(), config.source().topic(), 1, 2, 1_000);
  }

  private static TopicTail models(NelboConfig config) {
    return TopicTail.committed(BROKER.bootstrapServers(), config.topics().models());
  }

  private static List<ModelNotice> decisions(TopicTail models) {
    ModelNoticeCodec codec = new ModelNoticeCodec();
    return models.look().stream().map(codec::read).flatMap(Optional::stream).toList();
  }
}
