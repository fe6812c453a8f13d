package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nelbo.jobs.values.EpochUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
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
                new SourceConfig.Headers("", "", "content-type"),
                new SourceConfig.Times(EpochUnit.AUTO, "UTC"),
                new SourceConfig.Consumer("pump-vibration", SourceConfig.Start.EARLIEST),
                new SourceConfig.Limits(Duration.ofHours(1), 1 << 20),
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
                new RetrainConfig.Sample(
                    Duration.ofDays(2), Duration.ofHours(12), 10_000, 2L << 30),
                RetrainConfig.Gate.NOT_WORSE,
                "",
                0,
                RetrainConfig.Drift.ON,
                RetrainConfig.WarmStart.OFF,
                Duration.ofSeconds(10)));
    assertThat(config.train().learningRate()).isEqualTo(0.002);
    assertThat(config.train().scaleBy()).isEqualTo(TrainConfig.ScaleBy.GLOBAL);
    assertThat(config.train().seed()).isEqualTo(9_000_000_000L);
    assertThat(config.topics().scoresMode()).isEqualTo(TopicsConfig.ScoresMode.OFF);
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
  void namesEveryFaultOfAListAMapAndAValue() {
    String yaml =
        """
        detector: pump-${SITE}-${LINE}-${SITE}
        features: [flow, [pressure], null, {a: b}]
        kafka:
          bootstrap-servers: localhost:9092
          properties:
            sasl.jaas.config: login user="${USER_NAME}" password="${PASSWORD}"
            security.protocol: ${PROTOCOL}
            ssl.protocol: [TLS]
        source: {topic: plant.pumps.records}
        model: {store: /var/nelbo}
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "line 1: detector needs the environment variable SITE, which is not set",
            "line 1: detector needs the environment variable LINE, which is not set",
            "line 2: features must be a list of names, got a list in it",
            "line 2: features must be a list of names, got nothing in it",
            "line 2: features must be a list of names, got a section in it",
            "line 6: kafka.properties needs the environment variable USER_NAME, which is not set",
            "line 6: kafka.properties needs the environment variable PASSWORD, which is not set",
            "line 7: kafka.properties needs the environment variable PROTOCOL, which is not set",
            "line 8: kafka.properties must be names and values, got a list in it");
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
            "line 4: source.format must be avro or json or csv or image, got 'xml'",
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
            "line 16: unknown key 'colour', did you mean 'image.colour'?",
            "kafka.bootstrap-servers is missing: brokers to begin with, host:port separated by"
                + " commas");
  }

  @Test
  void saysWhatAnEmptyFileLacks() {
    assertThat(problemsOf(""))
        .containsExactly(
            "detector is missing: its name, lower-case words with dashes",
            "kafka.bootstrap-servers is missing: brokers to begin with, host:port separated by"
                + " commas",
            "source.topic is missing: topic of the records",
            "model.store is missing: directory of the artifact store, or the URI of one on a Flink"
                + " file system, like s3://bucket/nelbo; artifacts elsewhere are refused",
            "features must name at least one feature, or image.height and image.width the size of"
                + " frames");
  }

  @Test
  void suggestsTheValueThatWasProbablyMeant() {
    assertThat(
            problemsOf(SMALLEST + "train: {likelihood: studnet}\njob: {guarantee: Exactly_Once}\n"))
        .containsExactly(
            "line 7: train.likelihood must be gaussian or gaussian-shared or gaussian-fixed or"
                + " gaussian-decoder or laplace or student, got 'studnet', did you mean"
                + " 'student'?",
            "line 8: job.guarantee must be exactly-once or at-least-once, got 'Exactly_Once', did"
                + " you mean 'exactly-once'?");
    assertThat(problemsOf(SMALLEST + "train: {likelihood: poisson}\n"))
        .singleElement()
        .asString()
        .endsWith(", got 'poisson'");
    assertThat(problemsOf(SMALLEST + "context: {calendar: [hour_of_day]}\n"))
        .singleElement()
        .asString()
        .endsWith("'hour_of_day', did you mean 'hour-of-day'?");
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
  void refusesAliasesInsteadOfTakingTheirNamesForValues() {
    String yaml =
        """
        detector: &name pump
        features: [&f flow, *f]
        kafka: *name
        source: {topic: *name}
        model: {store: /var/nelbo}
        batch: {size: *name}
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            "line 2: features must be a list of names, got the alias *f, which is not followed:"
                + " write the value itself",
            "line 3: kafka must be a section of keys, got the alias *name, which is not followed:"
                + " write the value itself",
            "line 4: source.topic must be one value, got the alias *name, which is not followed:"
                + " write the value itself",
            "line 6: batch.size must be one value, got the alias *name, which is not followed:"
                + " write the value itself");
  }

  @Test
  void refusesASecondDocumentInsteadOfPassingItOver() {
    assertThat(problemsOf(SMALLEST + "---\nbatch: {size: 5}\n"))
        .singleElement()
        .asString()
        .contains("a second document begins");
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
    return SmallestConfig.problemsOf(loader, yaml);
  }
}
