package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.TopicRecords;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import io.nelbo.jobs.testing.ScoresByRecord;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.wire.SingleObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What production said of a topic, to be compared with what a replay says.
 *
 * @param scores by the position of the record
 * @param events on the anomalies topic, without their processing time, the one field that a replay
 *     changes
 */
record LiveRun(Map<Position, Score> scores, List<Map<String, Object>> events) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** All that is committed by now. */
  static LiveRun of(TopicTail scores, TopicTail anomalies) throws Exception {
    return new LiveRun(
        ScoresByRecord.of(scores.lookToTheEnd()).scores(), events(anomalies.lookToTheEnd()));
  }

  /** What production said of the record that a replay speaks of. */
  Score scoreOf(ScoreRow row) {
    Position position = new Position(row.origin().partition(), row.origin().offset());
    return Objects.requireNonNull(scores.get(position), position.toString());
  }

  /** The replay's rows are production's to the last bit, in everything that both tell. */
  void requireSame(List<ScoreRow> rows) {
    assertThat(rows).isNotEmpty();
    for (ScoreRow row : rows) {
      Score score = scoreOf(row);
      assertThat(row.series()).isEqualTo(score.getSeries());
      assertThat(row.eventTimeMillis()).isEqualTo(score.getEventTime().toEpochMilli());
      assertThat(row.status().name()).isEqualTo(score.getStatus().name());
      assertThat(row.overdue()).isEqualTo(score.getOverdue());
      if (row.status() == ScoredRecord.Status.SCORED) {
        assertThat(row.alone().score()).isEqualTo(score.getScore());
        assertThat(row.alone().pValue()).isEqualTo(score.getPValue());
        assertThat(row.nats().negativeElbo()).isEqualTo(score.getNegativeElbo());
        assertThat(row.nats().reconstruction()).isEqualTo(score.getReconstruction());
        assertThat(row.nats().kl()).isEqualTo(score.getKl());
        assertThat(row.model()).isEqualTo(score.getModelVersion());
        assertThat(List.of(row.smoothed().score(), row.smoothed().pValue()))
            .isEqualTo(
                List.of(orNone(score.getSmoothedScore()), orNone(score.getSmoothedPValue())));
      }
    }
  }

  private static double orNone(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  /** Replays the topics of this configuration. */
  static ReplayResult replay(NelboConfig config, ReplayRange range, Path out) throws Exception {
    ModelChoice models =
        new ModelChoice(config, new KafkaConnectors(config, "replay").modelHistory());
    ReplayPlan plan =
        new ReplayPlan(
            config,
            TopicRecords.of(config, range, ReplayRange.leadIn(config)),
            range,
            new ReplayPlan.Models.Known(models.governing()),
            out,
            false);
    return new ReplayRun(plan, Clock.systemUTC(), "test").run(new SilentListener());
  }

  /** The events in the folder of a replay. */
  static List<Map<String, Object>> eventsIn(Path folder) throws Exception {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("anomalies.jsonl"))) {
      events.add(withoutProcessingTime(line));
    }
    return events;
  }

  /** The events on the anomalies topic. */
  static List<Map<String, Object>> events(List<ConsumerRecord<byte[], byte[]>> anomalies)
      throws Exception {
    SingleObject<Anomaly> wire = SingleObject.of(Anomaly.class);
    List<Map<String, Object>> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : anomalies) {
      events.add(withoutProcessingTime(Json.line(Json.tree(wire.decode(record.value())))));
    }
    return events;
  }

  private static Map<String, Object> withoutProcessingTime(String json) throws Exception {
    JsonNode tree = MAPPER.readTree(json);
    Map<String, Object> fields =
        MAPPER.convertValue(
            tree, MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    assertThat(fields.remove("processing_time")).isNotNull();
    return fields;
  }
}
