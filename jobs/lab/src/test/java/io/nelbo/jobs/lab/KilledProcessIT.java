package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.Replay;
import io.nelbo.jobs.testing.ScoresByRecord;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.ScoreStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole process dies in the middle of its work, and another takes over. */
final class KilledProcessIT {
  private static final int PART = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  private final Path output = folder.resolve("output.txt");

  @Test
  void afterAKillTheNextProcessGoesOnAndReadersSeeTheUndisturbedScoresOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("killed.yaml"), yaml());
    NelboConfig config = new ConfigLoader().load(file);
    BROKER.createTopics(config, 2);
    new ModelAnnouncer(config)
        .announce(
            TestModels.activation(
                TestModels.publish(folder.resolve("store"), 1, 1), 0, RecordStream.START));
    String broker = BROKER.bootstrapServers();
    String scoresTopic = config.topics().scores();
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 2, 20, 1);
        TopicTail committed = TopicTail.committed(broker, scoresTopic);
        TopicTail uncommitted = TopicTail.uncommitted(broker, scoresTopic)) {
      try (JobProcess first = JobProcess.score(file, output)) {
        records.send(PART);
        await("the first part is committed", first, () -> committed.count() >= PART);
        // Written, and for almost a checkpoint interval not committed.
        records.send(PART);
        await("the second part is under way", first, () -> uncommitted.count() > PART);
        first.kill();
      }
      records.send(PART);
      try (JobProcess second = JobProcess.score(file, output, "--restore", "latest")) {
        await("all scores are committed", second, () -> committed.count() >= 3 * PART);
      }

      new EveryRecordIsScoredOnce(records.sent()).judge(committed.look());
      Await.until(
          "what the kill left uncommitted has been written again",
          () -> uncommitted.count() > 3 * PART);
      ScoresByRecord scores = ScoresByRecord.of(committed.look());
      assertThat(scores.with(ScoreStatus.SCORED)).isEqualTo(3 * PART);
      Replay undisturbed = Replay.of(config, BROKER, CLUSTER, folder, 3 * PART, 0);
      assertThat(scores.differences(ScoresByRecord.of(undisturbed.scores()))).isEmpty();
    }
  }

  private void await(String what, JobProcess process, Callable<Boolean> condition)
      throws Exception {
    Await.until(
        what,
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the process ended by itself: " + Files.readString(output));
          }
          return condition.call();
        });
  }

  private static String yaml() {
    return """
    detector: killed
    features: [a, b, c]
    kafka: {bootstrap-servers: "%s"}
    source: {topic: killed.records}
    model: {id: test, store: %s, device: cpu}
    job: {parallelism: 2, checkpoint-interval: 4s, checkpoint-dir: %s}
    """
        .formatted(
            BROKER.bootstrapServers(), folder.resolve("store"), folder.resolve("checkpoints"));
  }
}
