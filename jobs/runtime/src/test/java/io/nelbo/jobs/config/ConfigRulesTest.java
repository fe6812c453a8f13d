package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.SMALLEST;
import static io.nelbo.jobs.config.SmallestConfig.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that can be read and cannot work. */
final class ConfigRulesTest {
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
            "line 11: retrain.max-bytes (1KiB) must hold retrain.min-rows (1000) of 2 values"
                + " (features and context) in 4 of 6 slides: 24000 bytes",
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
  void theRetrainJobTakesItsCheckpointIntervalFromTheJobUnlessItHasItsOwn() {
    NelboConfig shared = SmallestConfig.parse(SMALLEST + "job: {checkpoint-interval: 30s}\n");
    NelboConfig own =
        SmallestConfig.parse(
            SMALLEST + "job: {checkpoint-interval: 30s}\nretrain: {checkpoint-interval: 5m}\n");

    assertThat(shared.retrain().checkpointInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(own.retrain().checkpointInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(own.job().checkpointInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void refusesTransactionsThatEndBeforeACheckpointOfTheRetrainJob() {
    assertThat(
            problemsOf(
                SMALLEST + "retrain: {checkpoint-interval: 5m}\njob: {transaction-timeout: 2m}\n"))
        .containsExactly(
            "line 8: job.transaction-timeout (2m) must exceed retrain.checkpoint-interval (5m):"
                + " every transaction would be aborted before it commits");
    assertThat(problemsOf(SMALLEST + "job: {transaction-timeout: 10s}\n"))
        .containsExactly(
            "line 7: job.transaction-timeout (10s) must exceed job.checkpoint-interval (10s):"
                + " every transaction would be aborted before it commits");
    assertThat(problemsOf(SMALLEST + "retrain: {checkpoint-interval: 0s}\n"))
        .containsExactly("line 7: retrain.checkpoint-interval must be positive, got '0s'");
  }

  @Test
  void refusesWhatNoStoreOrModelCanBe() {
    String model = "s3:bucket\n  max-bytes: 2GiB\n  id: " + "x".repeat(101);
    String yaml =
        SMALLEST.replace("/var/nelbo", model) + "train: {scoring-samples: 66, deviation: 0}\n";

    assertThatThrownBy(() -> SmallestConfig.parse(yaml))
        .hasMessageContaining(
            "model.store must be a directory, or a URI with a folder like s3://bucket/nelbo,"
                + " got 's3:bucket'")
        .hasMessageContaining("model.max-bytes must lie in 1..2147483639, got '2147483648'")
        .hasMessageContaining("model.id must be lower-case words with dashes, at most 100")
        .hasMessageContaining("train.deviation must lie in [0.001, 10.0], got '0.0'")
        .hasMessageContaining("train.scoring-samples must be even and lie in 2..64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"200000000000d", "999999999999999d", "100001d", "PT9999999999H", "P106751991168D"})
  void refusesDurationsThatNoTimeCanBeAddedTo(String duration) {
    String yaml =
        SMALLEST
            + "retrain: {span: %s}\nseries: {max-gap: %s}\nbatch: {size: 0}\n"
                .formatted(duration, duration);

    assertThat(problemsOf(yaml))
        .containsExactly(
            "line 7: retrain.span must be at most 100000d, got '%s'".formatted(duration),
            "line 8: series.max-gap must be at most 100000d, got '%s'".formatted(duration),
            "line 9: batch.size must lie in 1..4096, got '0'");
  }

  @Test
  void takesAHundredYearsAndRefusesWhatIsNoFiniteNumberOrName() {
    NelboConfig long100 = SmallestConfig.parse(SMALLEST + "retrain: {span: 36500d, every: 365d}\n");

    assertThat(long100.retrain().span()).isEqualTo(Duration.ofDays(36_500));
    assertThat(problemsOf(SMALLEST + "train: {learning-rate: 1e999}\nmodel.id: x\n"))
        .contains("line 7: train.learning-rate must be a number, got '1e999'");
    assertThat(problemsOf(SMALLEST + "job: {checkpoint-dir: \"a\\0b\"}\n"))
        .containsExactly(
            "line 7: job.checkpoint-dir must be text without a NUL character, got 'a\0b'");
  }

  @Test
  void showsADurationThatNoFileCouldHold() {
    assertThat(ValueText.format(Duration.ofSeconds(Long.MAX_VALUE))).startsWith("PT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/a b",
        "s3://bucket/%zz",
        "s3:bucket",
        "s3:",
        "S3://bucket/nelbo",
        "s3://bucket/nelbo?x=1",
        "s3://bucket/nelbo#x",
        "file:state"
      })
  void refusesADirectoryOfCheckpointsThatIsNoUri(String directory) {
    assertThat(problemsOf(SMALLEST + "job: {checkpoint-dir: '" + directory + "'}\n"))
        .containsExactly(
            "line 7: job.checkpoint-dir must be a directory, or a URI like s3://bucket/checkpoints,"
                + " got '"
                + directory
                + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs:///nelbo", "s3://my_bucket", "file:/var/x/", "state", "/a b/ü", "x/?#%"})
  void takesADirectoryOfCheckpointsOfAnyFileSystem(String directory) {
    NelboConfig config =
        SmallestConfig.parse(SMALLEST + "job: {checkpoint-dir: '" + directory + "'}\n");

    assertThat(config.job().checkpointUri("pump", "score").toString()).endsWith("/pump/score");
  }

  @Test
  void blamesTheSettingThatAValueWasMadeOf() {
    String topic = "t".repeat(240);
    String longTopic = SMALLEST.replace("plant.pumps.records", topic);
    String spacedStore = SMALLEST.replace("/var/nelbo", "s3://bucket/a b");

    assertThat(problemsOf(longTopic))
        .containsExactly(
            "line 4: source.topic is what topics.anomalies is made of: topics.anomalies must be 1"
                + " to 249 letters, digits, dots, dashes or underscores, got '"
                + topic
                + ".anomalies'",
            "line 4: source.topic is what topics.dead-letters is made of: topics.dead-letters must"
                + " be 1 to 249 letters, digits, dots, dashes or underscores, got '"
                + topic
                + ".dead-letters'");
    assertThat(problemsOf(spacedStore))
        .containsExactly(
            "line 6: model.store is what job.checkpoint-dir is made of: job.checkpoint-dir must be"
                + " a directory, or a URI like s3://bucket/checkpoints, got 's3://bucket/a"
                + " b/.checkpoints'");
  }

  @Test
  void blamesASettingOnceForItsOwnRuleAndThatOfWhatIsMadeOfIt() {
    String longName = "x".repeat(101);
    String longDetector = SMALLEST.replace("pump-vibration", longName);

    assertThat(problemsOf(longDetector))
        .containsExactly(
            "line 1: detector must have at most 100 characters, got '" + longName + "'");
    assertThat(problemsOf(SMALLEST.replace("plant.pumps.records", "a b")))
        .containsExactly(
            "line 4: source.topic must be 1 to 249 letters, digits, dots, dashes or underscores,"
                + " got 'a b'");
  }

  @Test
  void readsTheFileOfExclusionsForThoseWhoNeedIt(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("exclusions.csv"),
            "a,yesterday,now\n*,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n");
    String broken = SMALLEST + "batch: {size: 0}\nretrain: {exclusions: '" + file + "'}\n";
    String missing = SMALLEST + "retrain: {exclusions: '" + folder.resolve("none") + "'}\n";
    ConfigLoader elsewhere = new ConfigLoader(Map.<String, String>of()::get);
    ConfigLoader trains = elsewhere.readingFiles();

    assertThat(problemsOf(trains, broken))
        .containsExactly(
            "line 7: batch.size must lie in 1..4096, got '0'",
            "line 8: retrain.exclusions "
                + file
                + ", line 1: 'a,yesterday,now' must be series,from,until with times like"
                + " 2026-01-01T00:00:00Z",
            "line 8: retrain.exclusions "
                + file
                + ", line 2: '*,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z' ends before it begins or"
                + " is empty, so nothing would be excluded");
    assertThat(problemsOf(trains, missing))
        .singleElement()
        .asString()
        .startsWith("line 7: retrain.exclusions names " + folder.resolve("none") + ", and there");
    assertThat(elsewhere.parse(missing, "test").retrain().exclusions())
        .isEqualTo(folder.resolve("none").toString());
  }

  @Test
  void framesThatCannotBeAreToldByTheRuleOfTheirSides() {
    String huge = SMALLEST.replace("[pressure, flow]", "[]") + "image: {height: %s, width: %s}\n";

    assertThat(problemsOf(huge.formatted(65_536, 65_536) + "source.format: image\n"))
        .contains(
            "line 7: image.height must lie in 16..256, got '65536'",
            "line 7: image.width must lie in 16..256, got '65536'")
        .noneMatch(problem -> problem.contains("retrain.max-bytes"));
    assertThat(problemsOf(huge.formatted(-5, 100_000)))
        .contains("line 7: image.height must lie in 16..256, got '-5'");
  }

  @Test
  void aFeatureIsNotNamedLikeWhatTheCalendarAdds() {
    String wave = "sine of hour-of-day in UTC";

    assertThat(problemsOf(SMALLEST.replace("flow", wave) + "context: {calendar: [hour-of-day]}\n"))
        .singleElement()
        .asString()
        .startsWith("line 2: '" + wave + "' is a feature or a field of the context, and also");
  }
}
