package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.evaluate.EvaluationPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NelboTest {
  private static final String VALID =
      """
      detector: pump
      features: [pressure, flow]
      kafka:
        bootstrap-servers: localhost:9092
        properties: {ssl.key.password: hunter2}
      source:
        topic: plant.pumps.records
      model:
        store: /var/nelbo
      """;

  @TempDir private Path folder;

  @Test
  void sayingNothingIsBadUsageAndListsTheCommands() {
    Outcome outcome = Outcome.of();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Missing command", "score", "retrain", "check");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "score",
        "retrain",
        "train",
        "recalibrate",
        "check",
        "watch",
        "replay",
        "compare"
      })
  void everyCommandExplainsItself(String command) {
    Outcome outcome = Outcome.of(command, "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("Usage: nelbo " + command).contains("--help");
  }

  @Test
  void namesAnUnknownOptionAndEndsWithTwo() {
    Outcome outcome = Outcome.of("check", "-c", "x.yaml", "--colour");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("Unknown option: '--colour'");
  }

  @Test
  void tellsItsVersion() {
    Outcome outcome = Outcome.of("--version");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().strip()).startsWith("nelbo ");
  }

  @Test
  void checkPrintsTheEffectiveConfigurationWithoutSecrets() throws Exception {
    Outcome outcome = Outcome.of("check", "-c", file(VALID));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("detector: pump\n", "  anomalies: plant.pumps.anomalies\n", "<masked>")
        .doesNotContain("hunter2");
  }

  @Test
  void checkReportsEveryProblemAndEndsWithTwo() throws Exception {
    String path = file(VALID.replace("detector: pump", "detektor: pump"));

    Outcome outcome = Outcome.of("check", "--config", path);

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            path
                + ":\n"
                + "  - line 1: unknown key 'detektor', did you mean 'detector'?\n"
                + "  - detector is missing: its name, lower-case words with dashes\n");
  }

  @Test
  void checkWarnsOfRowsThatCannotKeepTheFalseAlarmRate() throws Exception {
    Outcome enough = Outcome.of("check", "-c", file(VALID));
    Outcome outcome = Outcome.of("check", "-c", file(VALID + "retrain: {min-rows: 2000}\n"));

    assertThat(enough.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "warning: retrain.min-rows (2000) is too small for alert.false-alarm-rate (0.001): a"
                + " fifth of the rows calibrates, so the first model alarms at about 0.0025; 5000"
                + " rows would do\n");
  }

  @Test
  void checkSpeaksJson() throws Exception {
    JsonNode valid = json(Outcome.of("check", "--json", "-c", file(VALID)));
    JsonNode invalid = json(Outcome.of("check", "--json", "-c", file("detector: pump\n")));

    assertThat(valid.get("valid").asBoolean()).isTrue();
    assertThat(valid.at("/config/batch/size").asInt()).isEqualTo(256);
    assertThat(invalid.get("valid").asBoolean()).isFalse();
    assertThat(invalid.get("problems")).hasSize(4);
  }

  @Test
  void evaluateOffersItsSuitesAndRefusesOthers() throws Exception {
    Outcome help = Outcome.of("evaluate", "--help");
    Outcome unknown = Outcome.of("evaluate", "faces", "--data", "d", "--out", "o");
    Outcome foreign = Outcome.of("evaluate", "nab", "--data", "d", "--out", "o", "--iwae", "5");

    Outcome homeless = Outcome.of("evaluate", "nab", "--out", "o");
    String perDay = file(VALID + "alert: {false-alarms-per-series-day: 0.1}\n");
    Outcome budget = Outcome.of("evaluate", "nab", "--data", "d", "--out", "o", "-c", perDay);
    Outcome twice = Outcome.of("evaluate", "nab", "--data", "d", "--data", "e", "--out", "o");

    for (String suite : EvaluationPlan.SUITES) {
      assertThat(help.out()).as("what its folder holds").containsPattern("\n  " + suite + "  +\\w");
    }
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith(
            "SUITE must be one of " + String.join(", ", EvaluationPlan.SUITES) + ", got faces\n");
    assertThat(foreign.code()).isEqualTo(2);
    assertThat(foreign.err())
        .startsWith("--against and --iwae are options of mnist, SUITE is nab\n");
    assertThat(homeless.code()).isEqualTo(2);
    assertThat(homeless.err()).startsWith("--data is missing: SUITE nab reads a folder\n");
    assertThat(budget.code()).isEqualTo(2);
    assertThat(budget.err())
        .startsWith(
            "alert.false-alarms-per-series-day (0.1) is no unit of a benchmark: give"
                + " alert.false-alarm-rate to evaluate\n");
    assertThat(twice.err()).startsWith("--data is given 2 times: SUITE nab reads one folder\n");
  }

  @Test
  void aFailureIsOneLineAndItsStackIsShownOnRequest() throws Exception {
    String config = file(VALID);
    String missing = folder.resolve("none.csv").toString();

    Outcome plain = Outcome.of("train", "-c", config, "--input", missing);
    Outcome verbose = Outcome.of("train", "--verbose", "-c", config, "--input", missing);

    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.err()).isEqualTo("nelbo: " + missing + ": no such file\n");
    assertThat(verbose.err()).contains("\tat io.nelbo.jobs.csv.CsvFile");
  }

  private String file(String yaml) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "nelbo", ".yaml"), yaml).toString();
  }

  private static JsonNode json(Outcome outcome) throws Exception {
    return new ObjectMapper().readTree(outcome.out());
  }
}
