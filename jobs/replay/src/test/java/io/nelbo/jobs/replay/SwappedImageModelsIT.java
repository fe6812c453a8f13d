package io.nelbo.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.Pictures;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A swap and a rollback under a job that scores a topic of PNG files; a replay says the same. */
final class SwappedImageModelsIT {
  private static final int SIDE = 32;
  private static final int LEARNED = 150;
  private static final int PART = 70;
  private static final int BLOT = 7;
  private static final long START = 1_700_000_000_000L;
  private static final int SUBTASKS = 2;

  /** The last is a rollback. */
  private static final int[] VERSIONS = {1, 2, 1};

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  private static final List<ModelArtifact> MODELS = new ArrayList<>();

  private final SplittableRandom random = new SplittableRandom(17);
  private long time = START;

  @BeforeAll
  static void train() throws Exception {
    for (int version = 1; version <= 2; version++) {
      SplittableRandom random = new SplittableRandom(version);
      float[] values = new float[LEARNED * SIDE * SIDE];
      long[] times = new long[LEARNED];
      for (int i = 0; i < LEARNED; i++) {
        times[i] = START + 1_000L * i;
        int[] frame = Pictures.stripes(SIDE, random);
        for (int pixel = 0; pixel < frame.length; pixel++) {
          values[i * frame.length + pixel] = frame[pixel];
        }
      }
      TrainingSpan span =
          new TrainingSpan(
              new Frames(SIDE, SIDE, 1),
              List.of(new Segment("camera", times, values)),
              START,
              START + 1_000L * LEARNED);
      TrainingConfig config = TrainingConfig.ofFrames().ofCleanSpan().withSteps(20);
      MODELS.add(
          new Trainer()
              .train(
                  new TrainingRequest(TestModels.ID, version, span, config, "first"),
                  TrainingListener.NONE)
              .artifact());
    }
  }

  @Test
  void aReplayOfATopicOfImagesGivesTheScoresAndEventsOfTheJob() throws Exception {
    NelboConfig config = config();
    BROKER.createTopics(config, SUBTASKS);
    String broker = BROKER.bootstrapServers();
    LiveRun live;
    try (RawProducer producer = new RawProducer(broker, config.source().topic());
        TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail anomalies = TopicTail.committed(broker, config.topics().anomalies())) {
      announce(config, 0);
      StreamExecutionEnvironment env = SharedCluster.environment();
      ScoreJob.define(env, config);
      JobID job = CLUSTER.submit(env);
      Await.until(
          "the first model is loaded",
          () -> CLUSTER.counter(job, MetricNames.MODEL_LOADS) == SUBTASKS);
      sendPart(producer);
      Await.until(
          "event time has come to all subtasks",
          () -> CLUSTER.watermark(job, "detect") > Long.MIN_VALUE);
      for (int swap = 1; swap < VERSIONS.length; swap++) {
        announce(config, swap);
        long announced = (long) SUBTASKS * swap;
        Await.until(
            swap + " swaps are announced",
            () -> CLUSTER.counter(job, MetricNames.MODELS_ANNOUNCED) == announced);
        sendPart(producer);
      }
      Await.until("all frames are scored", () -> scores.count() >= VERSIONS.length * PART);
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      assertThat(CLUSTER.restarts(job)).isZero();
      CLUSTER.cancel(job);
      live = LiveRun.of(scores, anomalies);
    }

    Path out = folder.resolve("replayed");
    List<ScoreRow> rows =
        LiveRun.replay(config, ReplayRange.between(Optional.empty(), Optional.empty()), out).rows();

    assertThat(live.scores()).hasSize(VERSIONS.length * PART);
    assertThat(live.scores().values()).noneMatch(Score::getOverdue);
    assertThat(rows).hasSameSizeAs(live.scores().keySet());
    live.requireSame(rows);
    for (ScoreRow row : rows) {
      int part = (int) ((row.eventTimeMillis() - START - 1) / 1_000 / PART);
      assertThat(row.model()).isEqualTo("v00000" + VERSIONS[part]);
    }
    List<Map<String, Object>> replayed = LiveRun.eventsIn(out);
    assertThat(live.events()).extracting(event -> event.get("heat_map")).doesNotContainNull();
    assertThat(live.events())
        .extracting(event -> event.get("model_version"))
        .contains("v000001", "v000002");
    assertThat(replayed).containsAll(live.events());
  }

  /** Effective from the next frame on. */
  private void announce(NelboConfig config, int swap) throws Exception {
    ModelArtifact model = MODELS.get(VERSIONS[swap] - 1);
    new ModelAnnouncer(config)
        .announce(
            TestModels.activation(
                new LocalArtifactStore(folder.resolve("store")).publish(model), swap, time + 1));
  }

  /** Two cameras in turn, every tenth frame of each blotted. */
  private void sendPart(RawProducer producer) {
    for (int i = 0; i < PART; i++) {
      int[] frame = Pictures.stripes(SIDE, random);
      if (i % 20 < 2) {
        int x = random.nextInt(SIDE - BLOT);
        frame = Pictures.blotted(frame, SIDE, x, random.nextInt(SIDE - BLOT), BLOT);
      }
      int camera = i % SUBTASKS;
      byte[] key = ("camera-" + camera).getBytes(UTF_8);
      producer.send(
          camera, time += 1_000, key, Pictures.grey("png", SIDE, SIDE, frame), position -> {});
    }
    producer.flush();
  }

  private static NelboConfig config() {
    return TestConfig.of(
        """
        detector: swapped-images
        features: []
        image: {height: %1$d, width: %1$d}
        kafka: {bootstrap-servers: "%2$s"}
        source: {topic: swapped.images, format: image}
        model: {id: test, store: %3$s, device: cpu}
        alert: {false-alarm-rate: 0.05, episode-gap: 5s}
        job: {parallelism: %4$d, checkpoint-interval: 300ms, checkpoint-dir: "%5$s"}
        """
            .formatted(
                SIDE,
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                SUBTASKS,
                folder.resolve("checkpoints").toUri()));
  }
}
