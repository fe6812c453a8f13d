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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training from files, as a person asks for it; no broker is there. */
final class TrainCommandTest {
  private static final String PROVISIONAL =
      "provisional: its calibration supports a false-alarm rate of 0.00";

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void aModelOfTooFewRecordsIsCalledProvisional() throws Exception {
    String few = recording(1500, "pump");

    Outcome text = train("alert: {false-alarm-rate: 0.0001}", few);
    Outcome json = train("alert: {false-alarm-rate: 0.0001}", few, "--json");
    Outcome enough = train("alert: {false-alarm-rate: 0.05}", few, "--json");

    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out()).containsOnlyOnce("warning: " + PROVISIONAL);
    assertThat(text.out())
        .endsWith(
            "v000001 governs no record until it is announced: 'nelbo models promote v000001' does,"
                + " or --announce next time\n");
    assertThat(warnings(json)).anyMatch(warning -> warning.startsWith(PROVISIONAL));
    assertThat(warnings(enough)).noneMatch(warning -> warning.startsWith("provisional"));
  }

  @Test
  void recordsThatTheJobsWouldRefuseAreLeftOutAndCounted() throws Exception {
    String some = recording(1000, "pump" + "-".repeat(300));

    Outcome outcome = train("context: {calendar: [hour-of-day]}", some, "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .startsWith(
            "no column tells the time (--time): each row of a series counts as 1m, from 2000-01-01"
                + " on\n989 records of 3 features in 11 segments, ")
        .contains(
            "; left out: 10 with an anomalous label, 1 that cannot be used, the first because ",
            ".csv line 1001: series has 304 characters, at most 256\n");
  }

  @Test
  void withoutABrokerTheStoreAloneSaysWhichVersionIsNextAndALineSaysSo() throws Exception {
    String some = recording(1000, "pump");
    train("alert: {false-alarm-rate: 0.05}", some);

    Outcome second = train("alert: {false-alarm-rate: 0.05}", some);
    Outcome elsewhere =
        train(
            "alert: {false-alarm-rate: 0.05}",
            some,
            "--store",
            folder.resolve("elsewhere").toString());

    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err())
        .contains(
            "warning: topic plant.pumps.models was not asked which versions it knows, only the"
                + " store was: no Kafka broker listens at localhost:1\n");
    assertThat(folder.resolve("store/pump/v000002")).isDirectory();
    assertThat(elsewhere.err()).doesNotContain("warning");
    assertThat(folder.resolve("elsewhere/pump/v000001")).isDirectory();
  }

  /** Minutes of records, one in a hundred labelled anomalous; the last is of another series. */
  private String recording(int count, String last) throws IOException {
    CorrelatedSensors sensors = new CorrelatedSensors(3);
    List<String> lines = new ArrayList<>(List.of("series,a,b,c,label"));
    for (int i = 0; i < count; i++) {
      boolean broken = i % 100 == 50;
      float[] record = broken ? sensors.broken() : sensors.normal();
      lines.add(
          "%s,%s,%s,%s,%d"
              .formatted(
                  i == count - 1 ? last : "pump", record[0], record[1], record[2], broken ? 1 : 0));
    }
    return Files.write(folder.resolve("history.csv"), lines).toString();
  }

  private Outcome train(String section, String input, String... more) throws IOException {
    Path config = folder.resolve("pump.yaml");
    Files.writeString(
        config,
        """
        detector: pump
        features: [a, b, c]
        kafka: {bootstrap-servers: "localhost:1"}
        source: {topic: plant.pumps.records}
        model: {store: %s, device: cpu}
        train: {hidden: 8, latent: 2, steps: 50, batch-size: 32}
        %s
        """
            .formatted(folder.resolve("store"), section));
    List<String> all = new ArrayList<>(List.of("train", "-c", config.toString()));
    all.addAll(List.of("--input", input, "--series", "series", "--label", "label"));
    all.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Lab.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private static List<String> warnings(Outcome outcome) throws IOException {
    JsonNode found = new ObjectMapper().readTree(outcome.out()).get("warnings");
    List<String> warnings = new ArrayList<>();
    found.forEach(warning -> warnings.add(warning.asText()));
    return warnings;
  }
}
