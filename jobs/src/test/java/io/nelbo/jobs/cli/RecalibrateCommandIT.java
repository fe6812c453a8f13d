package io.nelbo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person calls it, on files; no broker is there. */
final class RecalibrateCommandIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BY_RECORD = "false-alarm-rate: 0.01";

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder;
  private String settings = "";

  @Test
  void sensorsThatHaveAgedAlarmAsAskedAgain() throws Exception {
    run(BY_RECORD, "train", "--input", recording("train", 0, 1500, 0).toString());
    Path aged = recording("aged", 2000, 3000, 0.6);

    Outcome json = recalibrate(BY_RECORD, "--input", aged.toString(), "--json");
    Outcome text = recalibrate("false-alarms-per-series-day: 5", "--input", aged.toString());

    assertThat(json.code()).as(json.err()).isZero();
    assertThat(json.err())
        .contains("2,970 normal records", "left out: 30 with an anomalous label, 0 that cannot");
    JsonNode result = new ObjectMapper().readTree(json.out());
    assertThat(result.at("/version").asText()).isEqualTo("v000002");
    assertThat(result.at("/parent").asText()).isEqualTo("v000001");
    assertThat(result.at("/before/alarm_rate").asDouble()).isGreaterThan(0.05);
    assertThat(result.at("/after/alarm_rate").asDouble()).isBetween(0.008, 0.01);
    assertThat(result.at("/after/border_nats").asDouble())
        .isGreaterThan(result.at("/before/border_nats").asDouble());
    LocalArtifactStore store = new LocalArtifactStore(folder.resolve("store"));
    PublishedArtifact made = store.find("pump", "v000002").orElseThrow();
    Manifest manifest = store.load(made.uri(), made.sha256()).manifest();
    assertThat(manifest.provenance().recalibrated().orElseThrow().parent()).isEqualTo("v000001");
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("version                 v000003\n", "parent                  v000001\n")
        .contains("asked for               5.0 false alarms per series and day\n")
        .containsPattern("before +border at .* nats: .* alarm, .* episodes per series and day\n")
        .containsPattern(
            "after +border at .* nats: .* alarm, [34].* episodes per series and day\n");
  }

  @Test
  void tooFewRecordsAreRefusedAndNothingIsPublished() throws Exception {
    run(BY_RECORD, "train", "--input", recording("train", 0, 1500, 0).toString());
    Path few = recording("few", 2000, 70, 0);

    Outcome outcome = recalibrate(BY_RECORD, "--input", few.toString());
    Outcome unknown =
        run(BY_RECORD, "recalibrate", "--model", "v000009", "--input", few.toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "69 normal records give 69 windows of 1 to calibrate on, at least 100 are needed: widen"
                + " --from and --to, or give more files by --input");
    assertThat(folder.resolve("store/pump/v000002")).doesNotExist();
    assertThat(unknown.err()).contains("has no valid v000009 of model pump; it has v000001");
  }

  @Test
  void recordsThatTheJobsWouldRefuseAreCounted() throws Exception {
    run(BY_RECORD, "train", "--input", recording("train", 0, 1500, 0).toString());
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(recording("later", 2000, 1000, 0))) {
      lines.add(line + (lines.isEmpty() ? ",series" : ",pump"));
    }
    lines.set(500, lines.get(500) + "-".repeat(300));
    Path named = Files.write(folder.resolve("named.csv"), lines);

    Outcome outcome = recalibrate(BY_RECORD, "--input", named.toString(), "--series", "series");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("\n989 normal records from ")
        .endsWith(
            "; left out: 10 with an anomalous label, 1 that cannot be used, the first because"
                + " series has 304 characters, at most 256\n"
                + "warning: topic plant.pumps.models was not asked which versions it knows, only"
                + " the store was: no Kafka broker listens at localhost:1\n");
  }

  @Test
  void aModelThatTheJobsWouldRefuseIsRefusedBeforeRecordsAreRead() throws Exception {
    run(BY_RECORD, "train", "--input", recording("train", 0, 1500, 0).toString());
    settings = "window: {length: 2}";

    Outcome outcome = recalibrate(BY_RECORD, "--input", folder.resolve("none.csv").toString());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "nelbo: artifact has windows of 1 records, the configuration has window.length 2\n");
    assertThat(folder.resolve("store/pump/v000002")).doesNotExist();
  }

  private Outcome recalibrate(String alert, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("recalibrate", "--model", "v000001"));
    all.addAll(List.of(more));
    return run(alert, all.toArray(String[]::new));
  }

  /** Minutes of normal records with extra noise, one in a hundred labelled and broken. */
  private Path recording(String name, int first, int count, double noise) throws IOException {
    CorrelatedSensors sensors = new CorrelatedSensors(first + 5);
    SplittableRandom random = new SplittableRandom(first + 6);
    List<String> lines = new ArrayList<>(List.of("time,a,b,c,label"));
    for (int i = 0; i < count; i++) {
      boolean broken = i % 100 == 50;
      float[] record = broken ? sensors.broken() : sensors.normal();
      lines.add(
          "%s,%s,%s,%s,%d"
              .formatted(
                  START.plusSeconds(60L * (first + i)),
                  record[0] + noise * random.nextGaussian(),
                  record[1] + noise * random.nextGaussian(),
                  record[2] + noise * random.nextGaussian(),
                  broken ? 1 : 0));
    }
    Path csv = folder.resolve(name + ".csv");
    Files.write(csv, lines);
    return csv;
  }

  private Outcome run(String alert, String... arguments) throws IOException {
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
        alert: {%s}
        %s
        """
            .formatted(folder.resolve("store"), alert, settings));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("-c", config.toString(), "--time", "time", "--label", "label"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Nelbo.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}
