package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.PublishedAnomaly;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.Await;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job goes on from a savepoint of the version in which the records of the stream lay in state as
 * they travelled: flat.
 */
final class RestoredStateTest {
  @TempDir private Path store;

  /** Of series x it had 15, 18 and 20 waiting, of series y 7, each with key and value. */
  @Test
  void whatWaitedIsReleasedInItsOrder() throws Exception {
    try (DetectHarness detect = waiting()) {
      detect.watermark(30);

      assertThat(detect.times("x")).endsWith(15L, 18L, 20L);
      assertThat(detect.times("y")).containsExactly(7L);
      assertThat(detect.scores())
          .filteredOn(scored -> scored.eventTimeMillis() == 18)
          .extracting(ScoredRecord::partition, ScoredRecord::offset, ScoredRecord::label)
          .containsExactly(tuple(4, 3L, -1));
    }
  }

  @Test
  void whatWaitedHasItsBytesWhenItComesLate() throws Exception {
    try (DetectHarness detect = waiting()) {
      Observation earlier =
          new Observation("x", 18, new float[] {1, 2, 3}, -1, new Place(4, 0), 0, null);

      detect.send(earlier);

      Observation late = detect.late().get(0);
      Original original = Objects.requireNonNull(late.original());
      assertThat(late.offset()).isEqualTo(3);
      assertThat(late.kafkaTimeMillis()).isEqualTo(118);
      assertThat(late.features()).containsExactly(1, Float.NaN, 3);
      assertThat(original.key()).asString().isEqualTo("x");
      assertThat(original.value()).containsExactly(18);
    }
  }

  @Test
  void theModelThatWasAnnouncedIsLoadedAgain() throws Exception {
    try (DetectHarness detect =
        DetectHarness.restored(
            state("models.bin"), store, "alert: {smooth: 1}", "window: {length: 2}")) {
      Await.until("it loads", () -> !detect.opened().isEmpty());

      assertThat(detect.opened()).containsExactly("v000003");
    }
  }

  @Test
  void anEpisodeClosesWithAllThatItsWorstRecordSaid() throws Exception {
    try (var alert =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new AlertOnAnomalies(TestConfig.of())),
            ScoredRecord::series,
            Types.STRING)) {
      alert.initializeState(state("episode.bin"));
      alert.open();

      alert.processWatermark(1_000_000);

      List<AnomalyEvent> closed =
          alert.extractOutputValues().stream()
              .sorted(Comparator.comparing(event -> event.worst().series()))
              .toList();
      assertThat(closed).hasSize(2);
      assertThat(json(closed.get(0)))
          .contains(
              "\"series\":\"pump-1\"",
              "\"source_partition\":2,\"source_offset\":41",
              "\"score\":2.5",
              "\"p_value\":0.001",
              "\"border_p_value\":0.01",
              "\"negative_elbo\":13.75,\"reconstruction\":10.25,\"kl\":3.5",
              "\"model_version\":\"v000003\"",
              "\"feature\":\"a\",\"share\":0.75,\"observed\":9.0,\"expected\":1.0",
              "\"imputed_features\":[\"b\"]",
              "\"episode_records\":2",
              "\"cold\":true",
              "\"overdue\":true",
              "\"smoothed_score\":1.25,\"smoothed_p_value\":0.004",
              "\"p_extrapolated\":true");
      assertThat(closed.get(0).worst().latent()).containsExactly(1.5f, -2);
      assertThat(closed.get(0).worst().label()).isOne();
      assertThat(closed.get(0).last().eventTimeMillis()).isEqualTo(2_000);
      assertThat(closed.get(0).last().place().offset()).isEqualTo(42);
      assertThat(closed.get(1).worst().smoothedScore()).isNaN();
    }
  }

  private DetectHarness waiting() throws Exception {
    return DetectHarness.restored(
        state("waiting-by-time.bin"),
        store,
        "order: {bound: 10ms, late: dead-letter}",
        "alert: {smooth: 1}",
        "window: {length: 2}",
        "batch: {size: 1}");
  }

  private static String json(AnomalyEvent event) throws IOException {
    return Json.line(Json.tree(PublishedAnomaly.of(event, "pumps", "records", Instant.EPOCH)));
  }

  private static OperatorSubtaskState state(String name) throws Exception {
    URL golden =
        Objects.requireNonNull(RestoredStateTest.class.getResource("/score/" + name), name);
    return OperatorSnapshotUtil.readStateHandle(Path.of(golden.toURI()).toString());
  }
}
