package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.testing.CorrelatedSensors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person calls it, on files; no broker is there. */
final class ReplayCommandIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int TRAINING = 1_200;
  private static final int JUDGED = 600;
  private static final String UNTIL = START.plusSeconds(60L * TRAINING).toString();

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void trainsOnTheLeadingPartAndTellsHowTheRestWasJudged() throws Exception {
    Path out = folder.resolve("out");
    Path csv = recording();

    Outcome outcome =
        run(
            "--input",
            csv.toString(),
            "--retrain",
            "--train-until",
            UNTIL,
            "--out",
            out.toString());

    assertThat(outcome.err()).contains("1,800 of 1,800 records");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("600 of 1 series, 2026-01-01T20:00:00Z to 2026-01-02T05:59:00Z")
        .contains("models           v000001")
        .contains("report           " + out.resolve("report.html"));
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/scored").asInt()).isEqualTo(JUDGED);
    assertThat(metrics.at("/metrics/auroc").asDouble()).isGreaterThan(0.95);
    assertThat(metrics.at("/metrics/events").asInt()).isEqualTo(3);
    assertThat(metrics.at("/labels/anomalous").asInt()).isEqualTo(3);
    assertThat(metrics.at("/config/detector").asText()).isEqualTo("pump");
    assertThat(metrics.at("/models/0/records").asInt()).isEqualTo(JUDGED);
    assertThat(Files.readString(out.resolve("report.html"))).startsWith("<!DOCTYPE html>");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("out", "pump.yaml", "recording.csv");
    }
  }

  @Test
  void scoresWithAModelOfTheStoreAndAgainTheSame() throws Exception {
    Path csv = recording();
    run("train", "--input", csv.toString(), "--time", "time", "--label", "label");

    Outcome first = run("--input", csv.toString(), "--model", "latest", "--out", at("one"));
    Outcome second = run("--input", csv.toString(), "--model", "v000001", "--out", at("two"));
    Outcome third = run("--input", csv.toString(), "--model", "latest", "--out", at("one"));
    Outcome unknown = run("--input", csv.toString(), "--model", "v000009", "--out", at("three"));

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(second.code()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("one/scores.csv.gz")))
        .isEqualTo(Files.readAllBytes(folder.resolve("two/scores.csv.gz")));
    assertThat(third.code()).isEqualTo(1);
    assertThat(third.err()).contains("holds a replay: choose another --out, or replace it with");
    assertThat(unknown.err()).contains("has no valid v000009 of model pump; it has v000001");
  }

  @Test
  void badUsageIsRefusedBeforeAnythingIsRead() throws Exception {
    String file = folder.resolve("none.csv").toString();

    Outcome retrain = run("--input", file, "--training-time", "5m", "--out", at("out"));
    Outcome both =
        run(
            "--input",
            file,
            "--retrain",
            "--train-until",
            "2026-01-01T00:00:00Z",
            "--model",
            "v000001",
            "--out",
            at("out"));
    Outcome offsets = run("--input", file, "--from-offsets", "0=1", "--out", at("out"));
    Outcome backwards =
        run("--from", "2026-01-02T00:00:00Z", "--to", "2026-01-01T00:00:00Z", "--out", at("out"));

    assertThat(List.of(retrain.code(), both.code(), offsets.code(), backwards.code()))
        .containsOnly(2);
    assertThat(retrain.err()).contains("--train-until and --training-time need --retrain");
    assertThat(both.err()).contains("leave out --model");
    assertThat(offsets.err()).contains("speak of the topic: files are read whole");
    assertThat(backwards.err()).contains("must be before --to (2026-01-01T00:00:00Z)");
  }

  @Test
  void withoutAModelItSaysWhatToDo() throws Exception {
    Path csv = recording();

    Outcome outcome = run("--input", csv.toString(), "--model", "latest", "--out", at("out"));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("has no model pump: make one with 'nelbo train', or replay with --retrain");
  }

  @Test
  void aRangeWithoutARecordIsNamedBeforeAnythingIsTrained() throws Exception {
    Path csv = recording();

    Outcome range =
        run(
            "--input",
            csv.toString(),
            "--retrain",
            "--train-until",
            UNTIL,
            "--from",
            "2027-01-01T00:00:00Z",
            "--out",
            at("out"));
    Outcome training =
        run(
            "--input",
            csv.toString(),
            "--retrain",
            "--train-until",
            "2027-01-01T00:00:00Z",
            "--out",
            at("out"));

    assertThat(List.of(range.code(), training.code())).containsOnly(1);
    assertThat(range.err())
        .isEqualTo(
            "nelbo: %s: no record lies in the range that is judged, they span 2026-01-01T00:00:00Z to 2026-01-02T05:59:00Z%n"
                .formatted(csv));
    assertThat(training.err()).contains("no record lies in the range that is judged");
  }

  @Test
  void aTimeThatIsNoneIsExplainedInTwoLines() throws Exception {
    Outcome outcome = run("--from", "yesterday", "--out", at("out"));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "Invalid value for option '--from': must be ISO-8601, like 2026-01-05T00:00:00Z, got"
                + " 'yesterday'%nTry 'nelbo replay --help'%n".formatted());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Minutes of normal records, the last ten hours labelled, with three contradictions. */
  private Path recording() throws IOException {
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    List<String> lines = new ArrayList<>(List.of("time,a,b,c,label"));
    for (int i = 0; i < TRAINING + JUDGED; i++) {
      boolean broken = i >= TRAINING && (i - TRAINING) % 200 == 100;
      float[] record = broken ? sensors.broken() : sensors.normal();
      lines.add(
          "%s,%s,%s,%s,%d"
              .formatted(
                  START.plusSeconds(60L * i), record[0], record[1], record[2], broken ? 1 : 0));
    }
    Path csv = folder.resolve("recording.csv");
    Files.write(csv, lines);
    return csv;
  }

  private Outcome run(String... arguments) throws IOException {
    Path config = folder.resolve("pump.yaml");
    Files.writeString(
        config,
        """
        detector: pump
        features: [a, b, c]
        kafka: {bootstrap-servers: "localhost:1"}
        source: {topic: plant.pumps.records, fields: {label: label}}
        model: {store: %s, device: cpu}
        train: {hidden: 16, latent: 2, steps: 800, batch-size: 64, learning-rate: 0.003}
        alert: {false-alarm-rate: 0.005}
        """
            .formatted(folder.resolve("store")));
    List<String> all = new ArrayList<>();
    boolean isReplay = arguments[0].startsWith("--");
    all.add(isReplay ? "replay" : arguments[0]);
    all.addAll(List.of("-c", config.toString()));
    all.addAll(List.of(arguments).subList(isReplay ? 0 : 1, arguments.length));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Lab.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}
