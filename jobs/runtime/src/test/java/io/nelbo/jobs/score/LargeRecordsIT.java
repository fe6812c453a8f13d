package io.nelbo.jobs.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.decode.DeadLetterHeaders;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicProbe;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records as large as their topic allows become dead letters, and the job goes on. */
final class LargeRecordsIT {
  private static final int JUST_UNDER_A_MEBIBYTE = (1 << 20) - 100;
  private static final int SEVERAL_MEBIBYTES = 5 << 20;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @Test
  void aTopicMadeForThemTakesThemWhole() throws Exception {
    NelboConfig config = config("whole");
    createSource(config);
    new TopicProbe(config).createMissing();

    List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(config);

    assertThat(letters)
        .extracting(letter -> letter.value().length)
        .containsExactly(JUST_UNDER_A_MEBIBYTE, SEVERAL_MEBIBYTES);
  }

  @Test
  void aTopicWithKafkasOwnLimitTakesTheirBeginnings() throws Exception {
    NelboConfig config = config("cut");
    createSource(config);
    new TopicAdmin(BROKER.bootstrapServers(), Duration.ofSeconds(30))
        .create(List.of(new TopicSpec(config.topics().deadLetters(), 1)));
    new TopicProbe(config).createMissing();

    for (ConsumerRecord<byte[], byte[]> letter : deadLetters(config)) {
      assertThat(letter.value().length).isBetween(1_000_000, 1 << 20);
      assertThat(letter.headers().lastHeader(DeadLetterHeaders.TRUNCATED_BYTES)).isNotNull();
      assertThat(letter.key()).isEqualTo("x".getBytes(UTF_8));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(NelboConfig config)
      throws Exception {
    byte[] several = new byte[SEVERAL_MEBIBYTES];
    new Random(5).nextBytes(several);
    String broker = BROKER.bootstrapServers();
    try (RawProducer producer = new RawProducer(broker, config.source().topic());
        TopicTail letters = TopicTail.committed(broker, config.topics().deadLetters())) {
      for (byte[] value : List.of(Arrays.copyOf(several, JUST_UNDER_A_MEBIBYTE), several)) {
        producer.send(0, 1_700_000_000_000L, "x".getBytes(UTF_8), value, position -> {});
        producer.flush();
      }
      StreamExecutionEnvironment env = SharedCluster.environment();
      ScoreJob.define(env, config);
      JobID job = CLUSTER.submit(env);

      Await.until("both dead letters are committed", () -> letters.count() >= 2);

      assertThat(CLUSTER.status(job)).isEqualTo(JobStatus.RUNNING);
      assertThat(CLUSTER.restarts(job)).isZero();
      CLUSTER.cancel(job);
      return letters.look();
    }
  }

  private static void createSource(NelboConfig config) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers()))) {
      NewTopic source = new NewTopic(config.source().topic(), Optional.of(1), Optional.empty());
      source.configs(Map.of("max.message.bytes", Integer.toString(8 << 20)));
      admin.createTopics(List.of(source)).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static NelboConfig config(String name) {
    return TestConfig.of(
        """
        detector: %1$s
        kafka: {bootstrap-servers: "%2$s"}
        source: {topic: large.%1$s.records}
        model: {store: %3$s, device: cpu}
        job: {parallelism: 1, checkpoint-interval: 1s, checkpoint-dir: "%4$s"}
        """
            .formatted(
                name,
                BROKER.bootstrapServers(),
                folder.resolve("store"),
                folder.resolve("checkpoints").toUri()));
  }
}
