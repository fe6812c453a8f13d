package io.nelbo.jobs.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.retrain.job.RetrainJob;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.LogLines;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose source topic is no longer the one that its offsets are of. */
final class OtherTopicIT {
  private static final int BEFORE = 480;
  private static final int AFTER = 560;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void aTopicMadeAnewWithAsManyPartitionsAndMoreRecordsIsRefusedBeforeAnyRecordIsRead()
      throws Exception {
    NelboConfig config = config("remade");
    String checkpoint = readSome(config, 2);
    makeAnew(config, 2, AFTER);

    JobID job = CLUSTER.resume(scoring(config), checkpoint);

    assertThat(endOf(job))
        .contains(
            "source topic remade.records is another than the one that this job has read so far",
            "start without --restore");
    assertThat(scores(config)).isEqualTo(BEFORE);
  }

  @Test
  void aTopicMadeAnewWithFewerPartitionsEndsTheJobInsteadOfRestartingItForEver() throws Exception {
    NelboConfig config = config("fewer");
    String checkpoint = readSome(config, 2);
    makeAnew(config, 1, AFTER);

    JobID job = CLUSTER.resume(scoring(config), checkpoint);

    assertThat(endOf(job)).contains("source topic fewer.records is another than the one");
    assertThat(CLUSTER.restarts(job)).isZero();
  }

  @Test
  void aTopicMadeAnewIsReadFromItsBeginningByAJobThatIsNotRestored() throws Exception {
    NelboConfig config = config("without");
    readSome(config, 2);
    makeAnew(config, 2, AFTER);

    JobID job = CLUSTER.submit(scoring(config));

    try (TopicTail scores = tail(config)) {
      Await.until("all is scored", () -> scores.count() >= BEFORE + AFTER);
      CLUSTER.cancel(job);
      assertThat(scores.lookToTheEnd()).hasSize(BEFORE + AFTER);
    }
  }

  @Test
  void partitionsThatWereAddedAreReadAlong() throws Exception {
    NelboConfig config = config("more");
    String checkpoint = readSome(config, 2);
    try (Admin admin = admin()) {
      admin
          .createPartitions(Map.of(config.source().topic(), NewPartitions.increaseTo(3)))
          .all()
          .get();
    }
    sendLater(config, 3, AFTER);

    JobID job = CLUSTER.resume(scoring(config), checkpoint);

    try (TopicTail scores = tail(config)) {
      Await.until("all is scored", () -> scores.count() >= BEFORE + AFTER);
      CLUSTER.cancel(job);
      assertThat(scores.lookToTheEnd()).hasSize(BEFORE + AFTER);
    }
  }

  @Test
  void whatRetentionDeletedBeforeItWasReadIsToldAndCounted() throws Exception {
    NelboConfig config = config("retention");
    String checkpoint = readSome(config, 1);
    sendLater(config, 1, AFTER);
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(config.source().topic(), 0),
                  RecordsToDelete.beforeOffset(BEFORE + 100)))
          .all()
          .get();
    }
    LogLines log = LogLines.fromNowOn();

    JobID job = CLUSTER.resume(scoring(config), checkpoint);

    try (TopicTail scores = tail(config)) {
      Await.until("the rest is scored", () -> scores.count() >= BEFORE + AFTER - 100);
      assertThat(scores.lookToTheEnd()).hasSize(BEFORE + AFTER - 100);
    }
    assertThat(CLUSTER.counter(job, "recordsLostToRetention")).isEqualTo(100);
    assertThat(log.lines())
        .contains(
            "the records of retention.records-0 between offsets 480 and 579 are no longer in the"
                + " topic, up to 100 of them: lost to retention before they were read; the job goes"
                + " on at 580");
    CLUSTER.cancel(job);
  }

  @Test
  void aRestoredJobOfTheSameTopicGoesOn() throws Exception {
    NelboConfig config = config("same");
    String checkpoint = readSome(config, 2);
    sendLater(config, 2, AFTER);

    JobID job = CLUSTER.resume(scoring(config), checkpoint);

    try (TopicTail scores = tail(config)) {
      Await.until("all is scored", () -> scores.count() >= BEFORE + AFTER);
      assertThat(scores.lookToTheEnd()).hasSize(BEFORE + AFTER);
    }
    CLUSTER.cancel(job);
  }

  @Test
  void aTopicMadeAnewBeneathARunningJobEndsItAndLeavesNoOffsetsBehind() throws Exception {
    NelboConfig config = config("beneath");
    BROKER.createTopics(config, 1);
    JobID job = CLUSTER.submit(scoring(config));
    send(config, 1, BEFORE);
    awaitScored(config, BEFORE);

    makeAnew(config, 1, AFTER);

    assertThat(endOf(job)).contains("source topic beneath.records is another than the one");
    int before = scores(config);
    JobID next = CLUSTER.submit(scoring(config));
    awaitScored(config, before + AFTER);
    CLUSTER.cancel(next);
  }

  @Test
  void offsetsOfTheGroupThatTheTopicDoesNotReachAreRefused() throws Exception {
    NelboConfig config = config("group");
    BROKER.createTopics(config, 1);
    send(config, 1, BEFORE);
    try (Admin admin = admin()) {
      admin
          .alterConsumerGroupOffsets(
              config.source().group() + "-score",
              Map.of(new TopicPartition(config.source().topic(), 0), new OffsetAndMetadata(AFTER)))
          .all()
          .get();
    }

    JobID job = CLUSTER.submit(scoring(config));

    assertThat(endOf(job))
        .contains(
            "does not reach the offsets at which the job is to go on"
                + " (560 of partition 0, which ends at 480)",
            "--group group-score --topic group.records --reset-offsets --to-earliest --execute");
  }

  @Test
  void theRetrainJobIsHeldToItsTopicToo() throws Exception {
    NelboConfig config = config("learns");
    BROKER.createTopics(config, 1);
    JobID first = CLUSTER.submit(retraining(config));
    send(config, 1, BEFORE);
    Await.until("all is read", () -> CLUSTER.counter(first, "recordsReceived") == BEFORE);
    awaitCheckpoint(first);
    String checkpoint = CLUSTER.cancel(first);
    makeAnew(config, 1, AFTER);

    JobID job = CLUSTER.resume(retraining(config), checkpoint);

    assertThat(endOf(job)).contains("source topic learns.records is another than the one");
  }

  private static NelboConfig config(String name) {
    return TestConfig.of(
        """
        detector: %s
        kafka: {bootstrap-servers: "%s"}
        source: {topic: %s.records}
        model: {id: test, store: %s, device: cpu}
        job: {parallelism: 1, checkpoint-interval: 200ms, checkpoint-dir: "%s"}
        retrain: {checkpoint-interval: 200ms}
        """
            .formatted(
                name,
                BROKER.bootstrapServers(),
                name,
                folder.resolve(name),
                folder.resolve(name + "-checkpoints").toUri()));
  }

  private static String readSome(NelboConfig config, int partitions) throws Exception {
    BROKER.createTopics(config, partitions);
    JobID job = CLUSTER.submit(scoring(config));
    send(config, partitions, BEFORE);
    awaitScored(config, BEFORE);
    awaitCheckpoint(job);
    return CLUSTER.cancel(job);
  }

  private static void makeAnew(NelboConfig config, int partitions, int records) throws Exception {
    String topic = config.source().topic();
    TopicAdmin admin = new TopicAdmin(BROKER.bootstrapServers(), Duration.ofSeconds(30));
    admin.delete(List.of(topic));
    admin.create(List.of(new TopicSpec(topic, partitions)));
    send(config, partitions, records);
  }

  private static void send(NelboConfig config, int partitions, int count) {
    send(config, partitions, count, 1);
  }

  /** Records that are all newer than those of a stream with steps of a millisecond. */
  private static void sendLater(NelboConfig config, int partitions, int count) {
    send(config, partitions, count, 10_000);
  }

  private static void send(NelboConfig config, int partitions, int count, long step) {
    try (RecordStream records =
        new RecordStream(BROKER.bootstrapServers(), config.source().topic(), partitions, 6, step)) {
      records.send(count);
    }
  }

  private static void awaitScored(NelboConfig config, int count) throws Exception {
    try (TopicTail scores = tail(config)) {
      Await.until("all is scored", () -> scores.count() >= count);
    }
  }

  private static void awaitCheckpoint(JobID job) throws Exception {
    long checkpoints = CLUSTER.checkpoints(job);
    Await.until("another checkpoint", () -> CLUSTER.checkpoints(job) > checkpoints);
  }

  private static int scores(NelboConfig config) throws Exception {
    try (TopicTail scores = tail(config)) {
      return scores.lookToTheEnd().size();
    }
  }

  private static TopicTail tail(NelboConfig config) {
    return TopicTail.committed(BROKER.bootstrapServers(), config.topics().scores());
  }

  private static String endOf(JobID job) throws Exception {
    Await.until("the job ends", () -> CLUSTER.status(job).isGloballyTerminalState());
    assertThat(CLUSTER.status(job)).isEqualTo(JobStatus.FAILED);
    return CLUSTER.failure(job);
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
  }

  private static StreamExecutionEnvironment scoring(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    return env;
  }

  private static StreamExecutionEnvironment retraining(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    RetrainJob.define(env, config);
    return env;
  }
}
