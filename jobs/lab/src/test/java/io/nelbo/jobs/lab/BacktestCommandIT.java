package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoresFile;
import io.nelbo.jobs.testing.CorrelatedSensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is trained on as the retrain job would have, and scored by what came of it. */
final class BacktestCommandIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SLIDE = Duration.ofHours(3);
  private static final int MINUTES = 22 * 60;
  private static final int FIRST = 400;

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    List<String> lines = new ArrayList<>(List.of("time,a,b,c"));
    for (int i = 0; i < MINUTES; i++) {
      float[] record = i % 300 == 299 ? sensors.broken() : sensors.normal();
      lines.add(
          "%s,%s,%s,%s".formatted(START.plusSeconds(60L * i), record[0], record[1], record[2]));
    }
    Files.write(folder.resolve("recording.csv"), lines);
  }

  @Test
  void eachSlideIsDecidedOnceAndEachRecordScoredByTheModelThatGovernedIt() throws Exception {
    Outcome outcome = backtest("out", 400);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode decisions = metrics("out").at("/decisions");
    JsonNode first = decisions.get(2); // after two slides with too few rows
    assertThat(first.get("trigger").asText()).isEqualTo("first");
    assertThat(first.get("kind").asText()).isEqualTo("ACTIVATED");
    Instant firstEnd = START.plus(Duration.ofMinutes(FIRST - 1)).plusMillis(1);
    assertThat(first.get("span_end").asText()).isEqualTo(firstEnd.toString());
    assertThat(first.get("effective_from").asText())
        .as("ten minutes of training, one of delay")
        .isEqualTo(firstEnd.plus(Duration.ofMinutes(11)).toString());
    assertThat(slideEnds(decisions))
        .containsExactlyElementsOf(
            List.of(1, 2, 3, 4, 5, 6, 7).stream()
                .map(slide -> START.plus(SLIDE.multipliedBy(slide)).toString())
                .toList());
    List<ScoreRow> rows = ScoresFile.read(folder.resolve("out/scores.csv.gz"));
    assertThat(rows).hasSize(MINUTES - FIRST - 11);
    assertThat(rows).extracting(ScoreRow::model).doesNotContain("");
    assertThat(rows).allSatisfy(row -> assertThat(row.model()).isEqualTo(of(row, decisions)));
    assertThat(rows.stream().map(ScoreRow::model).distinct()).hasSizeGreaterThan(2);
    assertThat(outcome.out()).containsPattern("decisions +\\d+ ACTIVATED");
  }

  @Test
  void theSameRecordingGivesTheSameDecisionsAndScores() throws Exception {
    backtest("one", 100);
    backtest("two", 100);

    assertThat(Files.readAllBytes(folder.resolve("two/scores.csv.gz")))
        .isEqualTo(Files.readAllBytes(folder.resolve("one/scores.csv.gz")));
    assertThat(metrics("two").at("/decisions")).isEqualTo(metrics("one").at("/decisions"));
  }

  @Test
  void withTooFewRecordsForAModelItSaysSo() throws Exception {
    Files.write(
        folder.resolve("recording.csv"),
        Files.readAllLines(folder.resolve("recording.csv")).subList(0, 200));

    Outcome outcome = backtest("out", 100);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("no model came of the recording")
        .contains("the span has 180 rows, retrain.min-rows asks for 400");
  }

  private Outcome backtest(String out, int steps) throws Exception {
    Path config = folder.resolve("pump.yaml");
    Files.writeString(
        config,
        """
        detector: pump
        features: [a, b, c]
        kafka: {bootstrap-servers: "localhost:1"}
        source: {topic: plant.pumps.records}
        model: {store: %s, device: cpu}
        train: {hidden: 16, latent: 2, steps: %d, batch-size: 64, learning-rate: 0.003}
        retrain: {span: 12h, every: 3h, min-rows: %d, gate: always, drift: off}
        alert: {false-alarm-rate: 0.01}
        """
            .formatted(folder.resolve("store"), steps, FIRST));
    return Outcome.of(
        "replay",
        "-c",
        config.toString(),
        "--input",
        folder.resolve("recording.csv").toString(),
        "--retrain",
        "--training-time",
        "10m",
        "--out",
        folder.resolve(out).toString());
  }

  private JsonNode metrics(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("metrics.json").toFile());
  }

  private static List<String> slideEnds(JsonNode decisions) {
    List<String> ends = new ArrayList<>();
    for (JsonNode decision : decisions) {
      if (decision.get("trigger").asText().equals("schedule")) {
        ends.add(decision.get("span_end").asText());
      }
    }
    return ends;
  }

  /** Of all activations that govern its time, the last. */
  private static String of(ScoreRow row, JsonNode decisions) {
    String governing = "";
    for (JsonNode decision : decisions) {
      if (decision.get("kind").asText().equals("ACTIVATED")
          && Instant.parse(decision.get("effective_from").asText()).toEpochMilli()
              <= row.eventTimeMillis()) {
        governing = decision.get("version").asText();
      }
    }
    return governing;
  }
}
