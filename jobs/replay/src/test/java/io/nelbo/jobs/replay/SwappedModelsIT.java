package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.model.detect.Detector;
import io.nelbo.schemas.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three swaps and a rollback under a running job; a replay says what the job said. */
final class SwappedModelsIT {
  private static final int PART = 200;
  private static final long STEP = 1_000;
  private static final int SUBTASKS = 2;

  /** The last is a rollback. */
  private static final int[] VERSIONS = {1, 2, 3, 4, 3};

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  // The job runs in this process: its recipe finds here what a job graph cannot carry.
  private static final AtomicBoolean LOADABLE = new AtomicBoolean();

  /** Offsets of announcements, by the loader that opened them and the offset. */
  private static final Map<String, Long> OPENED = new ConcurrentHashMap<>();

  @TempDir private static Path folder;

  @Test
  void aReplayGivesTheScoresAndEventsOfAJobWhoseModelsWereSwapped() throws Exception {
    NelboConfig config = config("swapped", "30s", 3);
    LiveRun live;
    try (Production production = new Production(config, ConfiguredModels.detectors(config))) {
      for (int swap = 1; swap < VERSIONS.length; swap++) {
        production.announce(swap);
        production.awaitAnnounced(swap);
        production.sendPart();
      }
      live = production.end();
    }

    List<ScoreRow> rows = replay(config).rows();

    assertThat(live.scores()).hasSize(VERSIONS.length * PART);
    assertThat(live.scores().values()).noneMatch(Score::getOverdue);
    assertThat(rows).hasSameSizeAs(live.scores().keySet());
    live.requireSame(rows);
    for (ScoreRow row : rows) {
      if (row.isScored()) {
        assertThat(row.model()).isEqualTo(governing(row));
      }
    }
    List<Map<String, Object>> replayed = LiveRun.eventsIn(folder.resolve(config.detector()));
    assertThat(live.events())
        .extracting(event -> event.get("model_version"))
        .contains("v000001", "v000002", "v000003", "v000004");
    assertThat(replayed).containsAll(live.events());
    // The end of the recording closes what production still has open.
    assertThat(replayed)
        .filteredOn(event -> !live.events().contains(event))
        .allSatisfy(event -> assertThat(event).containsEntry("kind", "CLOSED"));
  }

  /**
   * Without means over records, in which an overdue record would differ for as long as it is in.
   */
  @Test
  void whenLoadingIsSlowExactlyTheRecordsMarkedOverdueDifferFromTheReplay() throws Exception {
    NelboConfig config = config("overdue", "50ms", 1);
    LiveRun live;
    try (Production production = new Production(config, slow(config))) {
      for (int swap = 1; swap < VERSIONS.length; swap++) {
        production.announce(swap);
        production.awaitAnnounced(swap);
        production.sendPart();
      }
      production.awaitScores();
      LOADABLE.set(true);
      awaitBoth("the last model, announced before, is loaded", OPENED, 2);
      production.sendPart();
      live = production.end();
    }

    List<ScoreRow> rows = replay(config).rows();

    assertThat(rows).hasSize((VERSIONS.length + 1) * PART).noneMatch(ScoreRow::overdue);
    Map<Boolean, List<ScoreRow>> byOverdue =
        rows.stream().collect(Collectors.partitioningBy(row -> live.scoreOf(row).getOverdue()));
    live.requireSame(byOverdue.getOrDefault(false, List.of()));
    assertThat(byOverdue.getOrDefault(true, List.of()))
        .hasSizeGreaterThanOrEqualTo((VERSIONS.length - 1) * PART)
        .allSatisfy(
            row -> {
              assertThat(live.scoreOf(row).getModelVersion()).hasToString("v000001");
              assertThat(row.model()).isEqualTo(governing(row)).isNotEqualTo("v000001");
              assertThat(row.nats().negativeElbo())
                  .isNotEqualTo(live.scoreOf(row).getNegativeElbo());
            });
    assertThat(byOverdue.getOrDefault(false, List.of()).stream().filter(ScoreRow::isScored))
        .as("the part before the first swap and the one after the last")
        .extracting(ScoreRow::model)
        .containsOnly("v000001", "v000003");
  }

  /** The model of the part that the record belongs to; a part after the last swap keeps its. */
  private static String governing(ScoreRow row) {
    int part = (int) ((row.eventTimeMillis() - RecordStream.START - 1) / STEP / PART);
    return "v00000" + VERSIONS[Math.min(part, VERSIONS.length - 1)];
  }

  private static ReplayResult replay(NelboConfig config) throws Exception {
    return LiveRun.replay(
        config,
        ReplayRange.between(Optional.<Instant>empty(), Optional.empty()),
        folder.resolve(config.detector()));
  }

  /** Opens the first model at once, all others only when that is allowed. */
  private static DetectorFactory slow(NelboConfig config) {
    StoreDetectorFactory real = ConfiguredModels.detectors(config);
    return notice -> {
      String request = Thread.currentThread().getName() + notice.offset();
      if (notice.offset() > 0 && !LOADABLE.get()) {
        throw new IOException("the store is slow"); // is tried again
      }
      Detector detector = real.open(notice);
      OPENED.put(request, notice.offset());
      return detector;
    };
  }

  private static void awaitBoth(String what, Map<String, Long> requests, long offset)
      throws Exception {
    Await.until(
        what + " by all subtasks",
        () -> requests.values().stream().filter(known -> known == offset).count() == SUBTASKS);
  }

  /** A running job, its records and its readers. */
  private static final class Production implements AutoCloseable {
    private final NelboConfig config;
    private final JobID job;
    private final RecordStream records;
    private final TopicTail scores;
    private final TopicTail anomalies;

    Production(NelboConfig config, DetectorFactory detectors) throws Exception {
      this.config = config;
      BROKER.createTopics(config, SUBTASKS);
      String broker = BROKER.bootstrapServers();
      records = new RecordStream(broker, config.source().topic(), SUBTASKS, 4, STEP);
      announce(0);
      StreamExecutionEnvironment env = SharedCluster.environment();
      ScoreJob.define(env, config, detectors);
      job = CLUSTER.submit(env);
      awaitFirstModel();
      scores = TopicTail.committed(broker, config.topics().scores());
      anomalies = TopicTail.committed(broker, config.topics().anomalies());
      sendPart();
      awaitEventTime();
    }

    /** From the next record on. */
    void announce(int swap) throws Exception {
      new ModelAnnouncer(config)
          .announce(
              TestModels.activation(
                  TestModels.publish(folder.resolve("store"), 4, VERSIONS[swap]),
                  swap,
                  records.lastMillis() + 1));
    }

    /** Only then is an announced model loaded before a record asks for it. */
    void awaitEventTime() throws Exception {
      Await.until(
          "event time has come to all subtasks",
          () -> CLUSTER.watermark(job, "detect") > Long.MIN_VALUE);
    }

    /** The first model is loaded before it is asked for. */
    void awaitFirstModel() throws Exception {
      Await.until(
          "the first model is loaded",
          () -> CLUSTER.counter(job, MetricNames.MODEL_LOADS) == SUBTASKS);
    }

    /** By all subtasks, so that the next record is governed by it. */
    void awaitAnnounced(int swaps) throws Exception {
      Await.until(
          swaps + " swaps are announced",
          () -> CLUSTER.counter(job, MetricNames.MODELS_ANNOUNCED) == (long) SUBTASKS * swaps);
    }

    /** With an episode of one series across the swap that follows, and one in the middle. */
    void sendPart() {
      records.sendBroken();
      records.send(PART / 2 - 1);
      records.sendBroken();
      records.send(PART / 2 - 5);
      records.sendBroken();
      records.send(3);
    }

    void awaitScores() throws Exception {
      Await.until("all records are scored", () -> scores.count() >= records.sent().size());
    }

    LiveRun end() throws Exception {
      awaitScores();
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      assertThat(CLUSTER.restarts(job)).isZero();
      CLUSTER.cancel(job);
      return LiveRun.of(scores, anomalies);
    }

    @Override
    public void close() {
      records.close();
      scores.close();
      anomalies.close();
    }
  }

  private static NelboConfig config(String name, String loadTimeout, int smooth) {
    return TestConfig.of(
        """
        detector: %s
        kafka: {bootstrap-servers: "%s"}
        source: {topic: %s.records}
        window: {length: 4}
        model: {id: test, store: %s, device: cpu, load-timeout: %s}
        alert: {false-alarm-rate: 0.02, episode-gap: 5s, smooth: %d}
        job: {parallelism: %d, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
        """
            .formatted(
                name,
                BROKER.bootstrapServers(),
                name,
                folder.resolve("store"),
                loadTimeout,
                smooth,
                SUBTASKS,
                folder.resolve("checkpoints").toUri()));
  }
}
