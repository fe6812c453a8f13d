package io.nelbo.jobs.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.replay.result.ReplayEpisode.Blamed;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EpisodesFileTest {
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  @TempDir private Path folder;

  @Test
  void theEventsOfAnEpisodeAreOne() throws IOException {
    Path file =
        file(
            event("e1", 0, 0, 1, 2.0),
            event("e1", 0, 20, 3, 5.0),
            event("e1", 0, 20, 4, 5.0),
            event("e2", 60, 60, 1, 1.5));
    List<ScoreRow> rows = alarmsAt(0, 10, 20, 30, 60, 70);

    List<ReplayEpisode> episodes = EpisodesFile.read(file, rows);

    assertThat(episodes)
        .containsExactly(
            new ReplayEpisode(
                "e1",
                "pump",
                at(0),
                at(30),
                4,
                new Worst(at(20), 5, 1e-9, 12.5, 10, 2.5, "v000001"),
                List.of(new Blamed("flow", 0.75, 3.5, 1.25, 0.5))),
            new ReplayEpisode(
                "e2",
                "pump",
                at(60),
                at(70),
                1,
                new Worst(at(60), 1.5, 1e-9, 12.5, 10, 2.5, "v000001"),
                List.of(new Blamed("flow", 0.75, 3.5, 1.25, 0.5))));
  }

  @Test
  void aFeatureThatWasNotObservedHasNoValue() throws IOException {
    Path file = file(event("e1", 0, 0, 1, 2.0).replace("\"observed\":3.5", "\"observed\":null"));

    List<ReplayEpisode> episodes = EpisodesFile.read(file, List.of());

    assertThat(episodes.get(0).blamed().get(0).observed()).isNaN();
    assertThat(episodes.get(0).endMillis()).isEqualTo(at(0));
  }

  @Test
  void ofAFrameItKnowsWhereItIsStrange() throws IOException {
    String frame =
        event("e1", 0, 0, 1, 2.0)
            .replaceFirst(
                "\\{",
                "{\"channel\":\"local\",\"image\":{\"width\":64},\"heat_map\":\"iVBORw0KGgoAAA==\","
                    + "\"regions\":[{\"x\":10,\"y\":8,\"width\":12,\"height\":5}],");
    Path file = file(frame);

    List<ReplayEpisode> episodes = EpisodesFile.read(file, List.of());

    assertThat(episodes.get(0).sight())
        .contains(
            new ReplayEpisode.Sight(
                "local", "iVBORw0KGgoAAA==", List.of("12 x 5 pixels at (10, 8)")));
  }

  @Test
  void aLineThatIsNoEventIsNamed() throws IOException {
    Path file = file(event("e1", 0, 0, 1, 2.0), "{\"series\": \"pump\"}");

    assertThatThrownBy(() -> EpisodesFile.read(file, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " line 2: is no anomaly event: ")
        .hasMessageContaining("episode_id");
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("anomalies.jsonl"), List.of(lines));
  }

  private static String event(String episode, int start, int time, int records, double score) {
    return """
    {"series":"pump","event_time":"%s","score":%s,"p_value":1e-9,"negative_elbo":12.5,\
    "reconstruction":10.0,"kl":2.5,"attribution":[{"feature":"flow","share":0.75,\
    "observed":3.5,"expected":1.25,"expected_standard_deviation":0.5}],"episode_id":"%s",\
    "episode_start":"%s","episode_records":%d,"model_version":"v000001"}\
    """
        .formatted(
            Instant.ofEpochMilli(at(time)),
            score,
            episode,
            Instant.ofEpochMilli(at(start)),
            records);
  }

  private static long at(int second) {
    return START + second * 1_000L;
  }

  private static List<ScoreRow> alarmsAt(int... seconds) {
    List<ScoreRow> rows = new ArrayList<>();
    for (int second : seconds) {
      rows.add(SampleRows.scored(new ScoreRow.Origin(at(second), "pump", -1, 0, second), 2));
    }
    return rows;
  }
}
