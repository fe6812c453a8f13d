package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.SMALLEST;
import static io.nelbo.jobs.config.SmallestConfig.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
