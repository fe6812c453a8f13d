package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.model.calibrate.AlarmBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  private static final String SMALLEST =
      """
      detector: pump-vibration
      features: [pressure, flow]
      kafka: {bootstrap-servers: "localhost:9092"}
      source: {topic: plant.pumps.records}
      model:
        store: /var/nelbo
      """;

  private final ConfigLoader loader =
      new ConfigLoader(Map.of("BROKER", "kafka:9093", "EMPTY", "")::get);

  @Test
  void fillsEverythingButFiveKeysWithDefaults() {
    NelboConfig config = loader.parse(SMALLEST, "test");

    assertThat(config.features()).containsExactly("pressure", "flow");
    assertThat(config.source())
        .isEqualTo(
            new SourceConfig(
                "plant.pumps.records",
                SourceConfig.Format.AVRO,
                new FieldsConfig("series", "time", "", ""),
                "pump-vibration",
                SourceConfig.Start.EARLIEST,
                Duration.ofHours(1),
                1 << 20,
                Duration.ofMinutes(1)));
    assertThat(config.topics())
        .isEqualTo(
            new TopicsConfig(
                "plant.pumps.anomalies",
                "plant.pumps.scores",
                "plant.pumps.dead-letters",
                "plant.pumps.models",
                TopicsConfig.ScoresMode.ALL,
                100));
    assertThat(config.model().id()).isEqualTo("pump-vibration");
    assertThat(config.job().checkpointDir()).isEqualTo("/var/nelbo/.checkpoints");
  }

  @Test
  void theStoreIsTheSameDirectoryForEveryProcess() {
    String relative = SMALLEST.replace("/var/nelbo", "models/../store");
    String asUri = SMALLEST.replace("/var/nelbo", "file:///var/nelbo");

    assertThat(loader.parse(relative, "test").model().store())
        .isEqualTo(Path.of("store").toAbsolutePath().toString());
    assertThat(loader.parse(asUri, "test").model().store()).isEqualTo("/var/nelbo");
  }

  @Test
  void refusesWhatNoStoreOrModelCanBe() {
    String model = "s3://bucket/models\n  max-bytes: 2GiB\n  id: " + "x".repeat(101);
    String yaml =
        SMALLEST.replace("/var/nelbo", model) + "train: {scoring-samples: 66, deviation: 0}\n";

    assertThatThrownBy(() -> loader.parse(yaml, "test"))
        .hasMessageContaining(
            "model.store must be a directory of this machine or a mounted one,"
                + " got 's3://bucket/models'")
        .hasMessageContaining("model.max-bytes must lie in 1..2147483639, got '2147483648'")
        .hasMessageContaining("model.id must be lower-case words with dashes, at most 100")
        .hasMessageContaining("train.deviation must be positive, got '0.0'")
        .hasMessageContaining("train.scoring-samples must be even and lie in 2..64");
  }

  @Test
  void takesACheckpointDirectoryOfThisMachineOrOfAnyFileSystem() {
    String other = SMALLEST + "job: {checkpoint-dir: 's3://bucket/checkpoints'}";

    assertThat(loader.parse(SMALLEST, "test").job().checkpointUri())
        .hasToString("file:///var/nelbo/.checkpoints");
    assertThat(loader.parse(other, "test").job().checkpointUri("pump", "score"))
        .hasToString("s3://bucket/checkpoints/pump/score");
  }

  @Test
  void namesTopicsAfterASourceWithoutTheUsualEnding() {
    NelboConfig config = loader.parse(SMALLEST.replace(".records", "-raw"), "test");

    assertThat(config.topics().anomalies()).isEqualTo("plant.pumps-raw.anomalies");
  }

  @Test
  void readsEveryKindOfValue() {
    String yaml =
        SMALLEST
            + """
            order: {bound: PT1M30S, late: dead-letter}
            batch:
              size: 64
              age: 5ms
            retrain: {span: 2d, every: 12h, max-bytes: 2GiB}
            train: {learning-rate: 2e-3, scale-by: global, seed: 9000000000}
            topics: {scores-mode: 'off'}
            """;

    NelboConfig config = loader.parse(yaml, "test");

    assertThat(config.order())
        .isEqualTo(new OrderConfig(Duration.ofSeconds(90), OrderConfig.Late.DEAD_LETTER));
    assertThat(config.batch()).isEqualTo(new BatchConfig(64, Duration.ofMillis(5)));
    assertThat(config.retrain())
        .isEqualTo(
            new RetrainConfig(
                Duration.ofDays(2),
                Duration.ofHours(12),
                10_000,
                2L << 30,
                RetrainConfig.Gate.NOT_WORSE,
                "",
                0,
                RetrainConfig.Drift.ON));
    assertThat(config.train().learningRate()).isEqualTo(0.002);
    assertThat(config.train().scaleBy()).isEqualTo(TrainConfig.ScaleBy.GLOBAL);
    assertThat(config.train().seed()).isEqualTo(9_000_000_000L);
    assertThat(config.topics().scoresMode()).isEqualTo(TopicsConfig.ScoresMode.OFF);
  }

  @Test
  void readsTheContextAndNamesItsColumns() {
    String yaml =
        SMALLEST
            + """
            context:
              fields: [load, mode]
              calendar: [hour-of-day, day-of-week]
              time-zone: Europe/Berlin
            """;

    NelboConfig config = loader.parse(yaml, "test");

    assertThat(config.measured()).containsExactly("pressure", "flow", "load", "mode");
    assertThat(config.columns().features()).containsExactly("pressure", "flow");
    assertThat(config.columns().contextNames())
        .containsExactly(
            "load",
            "mode",
            "sine of hour-of-day in Europe/Berlin",
            "cosine of hour-of-day in Europe/Berlin",
            "sine of day-of-week in Europe/Berlin",
            "cosine of day-of-week in Europe/Berlin");
    assertThat(loader.parse(SMALLEST, "test").context()).isEqualTo(ContextConfig.none());
  }

  @Test
  void namesEveryProblemOfAContextAtOnce() {
    String yaml =
        SMALLEST
            + """
            context:
              fields: [load, flow, load, '']
              calendar: [hour, day-of-week, day-of-week]
              time-zone: Middle/Earth
            """;

    assertThatThrownBy(() -> loader.parse(yaml, "test"))
        .hasMessageContaining("context.fields names 'load' twice")
        .hasMessageContaining("context.fields must not hold an empty name")
        .hasMessageContaining(
            "context.fields names 'flow', which is a feature: a value is judged or it is not")
        .hasMessageContaining("context.calendar must name hour-of-day or day-of-week, got 'hour'")
        .hasMessageContaining("context.calendar names 'day-of-week' twice")
        .hasMessageContaining(
            "context.time-zone must be a time zone like Europe/Berlin, UTC or +01:00, got"
                + " 'Middle/Earth'");
  }

  @Test
  void advisesOfMoreSmoothingThanTheFirstRowsCanBeCalibratedFor() {
    String rows = "retrain: {min-rows: 10000}\nalert: {smooth: %d}\n";
    NelboConfig single = loader.parse(SMALLEST + rows.formatted(1), "test");
    NelboConfig means = loader.parse(SMALLEST + rows.formatted(8), "test");

    assertThat(ConfigAdvice.of(single)).isEmpty();
    assertThat(ConfigAdvice.of(means))
        .containsExactly(
            "retrain.min-rows (10000) is too small for alert.false-alarm-rate (0.001): a fifth of"
                + " the rows calibrates, in means over 8 (alert.smooth), so the first model alarms"
                + " at about 0.0040; 40000 rows would do");
  }

  @Test
  void advisesOfATimeZoneThatNothingAsksFor() {
    NelboConfig config = loader.parse(SMALLEST + "context: {time-zone: Asia/Tokyo}\n", "test");

    assertThat(ConfigAdvice.of(config))
        .contains(
            "context.time-zone (Asia/Tokyo) changes nothing: context.calendar names neither"
                + " hour-of-day nor day-of-week");
  }

  @Test
  void fillsPlaceholdersFromTheEnvironment() {
    String yaml =
        SMALLEST
            .replace("localhost:9092", "${BROKER}")
            .replace("/var/nelbo", "${HOME_OF_MODELS:-/srv}/${EMPTY:-models}/$$5");

    NelboConfig config = loader.parse(yaml, "test");

    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9093");
    assertThat(config.model().store()).isEqualTo("/srv/models/$5");
  }

  @Test
  void namesVariableAndKeyOfAPlaceholderThatIsNotSet() {
    String yaml = SMALLEST.replace("localhost:9092", "${KAFKA}").replace("/var/nelbo", "${a b}");

    assertThat(problemsOf(yaml))
        .containsExactly(
            "line 3: kafka.bootstrap-servers needs the environment variable KAFKA, which is not"
                + " set",
            "line 6: model.store holds a placeholder that is not ${NAME} or ${NAME:-default}:"
                + " '${a b}'");
  }

  @Test
  void reportsEveryProblemAtOnce() {
    String yaml =
        """
        detector: My Pump
        features: [flow, flow, '']
        kafka: localhost:9092
        source: {topic: plant.pumps.records, format: xml}
        batch:
          size: 5000
          agee: 5ms
          age: soon
        retrain:
          span: 1h
          every: 2h
        model:
          store: ${NOWHERE}
          device: tpu
        job: {checkpoint-interval: 20m}
        colour: red
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "line 1: detector must be lower-case words with dashes, like pump-vibration, got"
                + " 'My Pump'",
            "line 2: features names 'flow' twice",
            "line 2: features must not hold an empty name",
            "line 3: kafka must be a section of keys, got 'localhost:9092'",
            "line 4: source.format must be avro or json or csv, got 'xml'",
            "line 6: batch.size must lie in 1..4096, got '5000'",
            "line 7: unknown key 'batch.agee', did you mean 'batch.age'?",
            "line 8: batch.age must be a duration like 50ms, 30s, 10m, 1h, 1d or PT1H30M, got"
                + " 'soon'",
            "line 10: retrain.span (1h) must be at least retrain.every (2h): records in between"
                + " would never be trained on",
            "line 13: model.store needs the environment variable NOWHERE, which is not set",
            "line 14: model.device must be auto, cpu, gpu or gpu:<index>, got 'tpu'",
            "line 15: job.transaction-timeout (15m) must exceed job.checkpoint-interval (20m):"
                + " every transaction would be aborted before it commits",
            "line 16: unknown key 'colour'",
            "kafka.bootstrap-servers is missing: brokers to begin with, host:port separated by"
                + " commas");
  }

  @Test
  void saysWhatAnEmptyFileLacks() {
    assertThat(problemsOf(""))
        .containsExactly(
            "detector is missing: its name, lower-case words with dashes",
            "features is missing: names of the features in the order that the model sees them",
            "kafka.bootstrap-servers is missing: brokers to begin with, host:port separated by"
                + " commas",
            "source.topic is missing: topic of the records",
            "model.store is missing: directory of the artifact store; artifacts elsewhere are"
                + " refused");
  }

  @Test
  void refusesRangesAndTopicsThatCannotWork() {
    String yaml =
        SMALLEST
            + """
            topics: {scores: same, anomalies: same}
            window: {length: 0}
            alert: {false-alarm-rate: 0.5, top: 0, episode-gap: 0s}
            series: {max-gap: 2d}
            retrain: {min-rows: 1000, max-bytes: 1KiB}
            train: {scoring-samples: 3, batch-size: many}
            job: {parallelism: 721, transaction-timeout: 1h, checkpoint-dir: ''}
            """;

    assertThat(problemsOf(yaml))
        .containsExactlyInAnyOrder(
            "line 7: topics.anomalies and topics.scores are both 'same': they must differ",
            "line 8: window.length must lie in 1..512, got '0'",
            "line 9: alert.false-alarm-rate must lie in (0, 0.5), got '0.5'",
            "line 9: alert.episode-gap must be positive, got '0s'",
            "line 9: alert.top must be at least 1, got '0'",
            "line 10: series.forget-after (1d) must be at least series.max-gap (2d): a window would"
                + " be forgotten before it may end",
            "line 11: retrain.max-bytes (1KiB) must hold retrain.min-rows (1000) of 2 features"
                + " in 4 of 6 slides: 24000 bytes",
            "line 12: train.scoring-samples must be even and lie in 2..64: draws come in pairs, got"
                + " '3'",
            "line 12: train.batch-size must be an integer, got 'many'",
            "line 13: job.parallelism must lie in 1..720, got '721'",
            "line 13: job.transaction-timeout (1h) must be at most 15m: brokers refuse more by"
                + " default",
            "line 13: job.checkpoint-dir must not be empty: state above 5 MiB could not be"
                + " checkpointed and the job would restart for ever, got ''");
  }

  @Test
  void theAlarmBudgetIsPerRecordUnlessItIsAskedForPerSeriesAndDay() {
    AlertConfig byDefault = loader.parse(SMALLEST, "test").alert();
    AlertConfig perDay =
        loader
            .parse(
                SMALLEST + "alert: {false-alarms-per-series-day: 0.1, episode-gap: 5m}\n", "test")
            .alert();

    assertThat(byDefault.budget()).isEqualTo(new AlarmBudget.RecordRate(0.001));
    assertThat(perDay.budget()).isEqualTo(new AlarmBudget.EpisodeRate(0.1, 300_000));
    assertThat(perDay.falseAlarmRate()).isZero();
  }

  @Test
  void theAlarmBudgetIsOfMeansOverSoManyRecordsAsAreSmoothedOver() {
    AlertConfig smoothed = loader.parse(SMALLEST + "alert: {smooth: 8}\n", "test").alert();

    assertThat(smoothed.budget()).isEqualTo(new AlarmBudget.RecordRate(0.001, 8));
    assertThat(smoothed.rules().smooth()).isEqualTo(8);
    assertThatThrownBy(() -> loader.parse(SMALLEST + "alert: {smooth: 513}\n", "test"))
        .hasMessageContaining("alert.smooth must lie in 1..512, got '513'");
  }

  @Test
  void whatIsPrintedOfAnAlarmBudgetPerSeriesAndDayIsReadBack() {
    NelboConfig perDay =
        loader.parse(SMALLEST + "alert: {false-alarms-per-series-day: 0.1}\n", "test");

    assertThat(loader.parse(new ConfigPrinter().effective(perDay), "test")).isEqualTo(perDay);
  }

  @Test
  void anAlarmBudgetHasOneUnit() {
    String both = "alert: {false-alarm-rate: 0.01, false-alarms-per-series-day: 0.1}\n";

    assertThat(problemsOf(SMALLEST + both))
        .containsExactly(
            "line 7: alert.false-alarms-per-series-day (0.1) and alert.false-alarm-rate (0.01) are"
                + " two units of one budget: give one of them");
    assertThat(problemsOf(SMALLEST + "alert: {false-alarms-per-series-day: -1}\n"))
        .containsExactly(
            "line 7: alert.false-alarms-per-series-day must be positive and at most 10000, or 0 for"
                + " alert.false-alarm-rate, got '-1.0'");
    assertThat(problemsOf(SMALLEST + "alert: {false-alarms-per-series-day: few}\n"))
        .containsExactly("line 7: alert.false-alarms-per-series-day must be a number, got 'few'");
  }

  @Test
  void suggestsTheSectionOfAKeyThatStandsOutsideIt() {
    assertThat(problemsOf(SMALLEST + "bootstrap-servers: a:1\n"))
        .containsExactly(
            "line 7: unknown key 'bootstrap-servers', did you mean 'kafka.bootstrap-servers'?");
  }

  @Test
  void refusesAKeyGivenTwiceAndTextThatIsNotYaml() {
    assertThat(problemsOf(SMALLEST + "detector: other\n"))
        .containsExactly("line 7: 'detector' is given twice");
    assertThat(problemsOf("detector: [a"))
        .singleElement()
        .asString()
        .startsWith("line 1: not YAML: ");
    assertThat(problemsOf("just words"))
        .first()
        .isEqualTo("line 1: the file must hold keys and values");
  }

  @Test
  void namesAFileThatDoesNotExist(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("nelbo.yaml");
    Files.writeString(file, SMALLEST);

    NelboConfig config = loader.load(file);
    InvalidConfigException missing =
        catchThrowableOfType(
            InvalidConfigException.class, () -> loader.load(folder.resolve("none.yaml")));

    assertThat(config).isEqualTo(loader.parse(SMALLEST, "test"));
    assertThat(missing).hasMessage(folder.resolve("none.yaml") + ":\n  - no such file");
  }

  private List<String> problemsOf(String yaml) {
    return catchThrowableOfType(InvalidConfigException.class, () -> loader.parse(yaml, "test"))
        .problems();
  }
}
