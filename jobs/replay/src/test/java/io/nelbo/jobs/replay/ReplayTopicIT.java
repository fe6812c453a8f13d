package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stretch of a topic says once more what production said of it. */
final class ReplayTopicIT {
  private static final int PART = 200;
  private static final long STEP = 1_000;
  private static final int EPISODE_GAP_SECONDS = 5;

  /** In the middle of an episode each, see {@link #sendPart}. */
  private static final Instant FROM = at(306);

  private static final Instant TO = at(906);

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void aStretchBetweenTwoTimesOrOffsetsGivesTheScoresAndEventsOfTheLiveJob() throws Exception {
    NelboConfig config = config();
    LiveRun live = runLive(config);

    ReplayResult between =
        replay(config, ReplayRange.between(Optional.of(FROM), Optional.of(TO)), "between");
    ReplayResult all =
        replay(config, ReplayRange.between(Optional.empty(), Optional.empty()), "all");
    ReplayRange offsets =
        new ReplayRange(Long.MIN_VALUE, Long.MAX_VALUE, Map.of(0, 150L, 1, 150L), Map.of(1, 300L));
    ReplayResult byOffset = replay(config, offsets, "offsets");

    assertThat(between.rows()).hasSize(600);
    live.requireSame(between.rows());
    // Of three parts: garbage by Kafka's time, late records by their own.
    assertThat(between.metrics())
        .containsEntry("late", 6L)
        .containsEntry("dead_letters", Map.of("UNPARSEABLE", 3L));
    assertThat(events("between"))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(eventsBetween(live, FROM, TO));
    assertThat(all.rows()).hasSize(live.scores().size());
    live.requireSame(all.rows());
    assertThat(all.models()).extracting(model -> model.manifest().version()).hasSize(2);
    // The end of the recording closes what production still has open.
    assertThat(events("all")).containsAll(live.events());
    assertThat(events("all"))
        .filteredOn(event -> !live.events().contains(event))
        .allSatisfy(event -> assertThat(event).containsEntry("kind", "CLOSED"));
    assertThat(byOffset.rows())
        .hasSize((int) positions(live, 0, 150, 10_000) + (int) positions(live, 1, 150, 300));
    live.requireSame(byOffset.rows());
  }

  private static LiveRun runLive(NelboConfig config) throws Exception {
    BROKER.createTopics(config, 2);
    Path store = folder.resolve("store");
    ModelAnnouncer announcer = new ModelAnnouncer(config);
    announcer.announce(
        TestModels.activation(TestModels.publish(store, 4, 1), 0, RecordStream.START));
    announcer.announce(
        TestModels.activation(TestModels.publish(store, 4, 2), 1, at(500).toEpochMilli()));
    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    JobID job = CLUSTER.submit(env);
    String broker = BROKER.bootstrapServers();
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 2, 4, STEP);
        TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail anomalies = TopicTail.committed(broker, config.topics().anomalies())) {
      for (int part = 0; part < 6; part++) {
        sendPart(records);
      }
      int sent = records.sent().size();
      Await.until("all records are scored", () -> scores.count() >= sent);
      Await.until(
          "the last part's episodes are closed",
          () ->
              LiveRun.events(anomalies.look()).stream()
                  .anyMatch(
                      event ->
                          AnomalyKind.CLOSED.name().equals(event.get("kind"))
                              && start(event).isAfter(at(5 * PART))));
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("two checkpoints more", () -> CLUSTER.checkpoints(job) > checkpoints + 1);
      CLUSTER.cancel(job);
      return LiveRun.of(scores, anomalies);
    }
  }

  /** Its broken records 104 and 108 are of one series and four seconds apart. */
  private static void sendPart(RecordStream records) {
    records.send(103);
    records.sendBroken();
    records.send(3);
    records.sendBroken();
    records.sendGarbage(1);
    records.sendLate(2, records.lastMillis() - 10 * STEP);
    records.send(PART - 108);
  }

  private static ReplayResult replay(NelboConfig config, ReplayRange range, String name)
      throws Exception {
    return LiveRun.replay(config, range, folder.resolve(name));
  }

  /** By the record that the event speaks of; an episode that has closed by its last anomaly. */
  private static List<Map<String, Object>> eventsBetween(LiveRun live, Instant from, Instant to) {
    return live.events().stream()
        .filter(
            event -> {
              Instant time =
                  "CLOSED".equals(event.get("kind"))
                      ? lastAnomaly(live, event)
                      : Instant.parse(String.valueOf(event.get("event_time")));
              return !time.isBefore(from) && time.isBefore(to);
            })
        .toList();
  }

  /** No anomaly of the series follows within the episode gap. */
  private static Instant lastAnomaly(LiveRun live, Map<String, Object> closed) {
    List<Instant> anomalies =
        live.scores().values().stream()
            .filter(score -> score.getSeries().equals(closed.get("series")))
            .filter(score -> score.getSmoothedScore() != null && score.getSmoothedScore() >= 1)
            .map(Score::getEventTime)
            .filter(time -> !time.isBefore(start(closed)))
            .sorted()
            .toList();
    Instant last = anomalies.get(0);
    for (Instant next : anomalies) {
      if (Duration.between(last, next).toSeconds() > EPISODE_GAP_SECONDS) {
        break;
      }
      last = next;
    }
    return last;
  }

  private static long positions(LiveRun live, int partition, long from, long to) {
    return live.scores().values().stream()
        .filter(score -> score.getSourcePartition() == partition)
        .filter(score -> score.getSourceOffset() >= from && score.getSourceOffset() < to)
        .count();
  }

  private static Instant start(Map<String, Object> event) {
    return Instant.parse(String.valueOf(event.get("episode_start")));
  }

  private static List<Map<String, Object>> events(String name) throws Exception {
    return LiveRun.eventsIn(folder.resolve(name));
  }

  private static Instant at(int record) {
    return Instant.ofEpochMilli(RecordStream.START + record * STEP);
  }

  private static NelboConfig config() {
    return TestConfig.of(
        """
        detector: replayed
        kafka: {bootstrap-servers: "%s"}
        source: {topic: replayed.records, max-skew: 1s}
        window: {length: 4}
        series: {max-gap: 10s}
        model: {id: test, store: %s, device: cpu}
        alert: {false-alarm-rate: 0.02, episode-gap: 5s, smooth: 3}
        job: {parallelism: 2, checkpoint-interval: 300ms, checkpoint-dir: "%s"}
        """
            .formatted(
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                folder.resolve("checkpoints").toUri()));
  }
}
