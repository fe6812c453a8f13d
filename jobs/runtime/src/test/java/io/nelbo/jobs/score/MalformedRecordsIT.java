package io.nelbo.jobs.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce;
import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Bad input becomes dead letters, nothing is lost, and the job does not even notice. */
final class MalformedRecordsIT {
  private static final int RECORDS = 100_000;
  private static final int BAD_EVERY = 100;
  private static final int MOST_BYTES = 4_096;
  private static final long START = 1_700_000_000_000L;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private static Path folder;

  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  private record Bad(String reason, byte @Nullable [] key, byte @Nullable [] value) {}

  private final SensorRecordWriter writer = new SensorRecordWriter();
  private final Map<Position, Bad> bad = new ConcurrentHashMap<>();
  private final Set<Position> good = ConcurrentHashMap.newKeySet();

  @Test
  void aThousandMalformedAmongAHundredThousandBecomeAThousandDeadLetters() throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            detector: malformed
            kafka: {bootstrap-servers: "%s"}
            source: {topic: malformed.records, max-bytes: %d}
            order: {late: dead-letter}
            model: {store: %s, device: cpu}
            job: {parallelism: 2, checkpoint-interval: 1s, checkpoint-dir: "%s"}
            """
                .formatted(
                    BROKER.bootstrapServers(),
                    MOST_BYTES,
                    folder.resolve("store"),
                    folder.resolve("checkpoints").toUri()));
    BROKER.createTopics(config, 2);
    send(config.source().topic());
    assertThat(bad).hasSize(RECORDS / BAD_EVERY);
    assertThat(good).hasSize(RECORDS - RECORDS / BAD_EVERY);

    StreamExecutionEnvironment env = SharedCluster.environment();
    ScoreJob.define(env, config);
    JobID job = CLUSTER.submit(env);

    String broker = BROKER.bootstrapServers();
    try (TopicTail scores = TopicTail.committed(broker, config.topics().scores());
        TopicTail letters = TopicTail.committed(broker, config.topics().deadLetters())) {
      Await.until("all scores are committed", () -> scores.count() >= good.size());
      Await.until("all dead letters are committed", () -> letters.count() >= bad.size());
      long checkpoints = CLUSTER.checkpoints(job);
      Await.until("another checkpoint passes", () -> CLUSTER.checkpoints(job) > checkpoints);

      new EveryRecordIsScoredOnce(good).judge(scores.look());
      assertThat(letters.look()).hasSize(bad.size());
      for (ConsumerRecord<byte[], byte[]> letter : letters.look()) {
        judge(letter, config.source().topic());
      }
      assertThat(bad).isEmpty();
    }
    assertThat(CLUSTER.status(job)).isEqualTo(JobStatus.RUNNING);
    assertThat(CLUSTER.restarts(job)).isZero();
    CLUSTER.cancel(job);
  }

  private void judge(ConsumerRecord<byte[], byte[]> letter, String topic) {
    Position position =
        new Position(
            Integer.parseInt(header(letter, "nelbo.source-partition")),
            Long.parseLong(header(letter, "nelbo.source-offset")));
    Bad expected = bad.remove(position);
    if (expected == null) {
      throw new AssertionError("a dead letter of no malformed record, or a second: " + position);
    }
    assertThat(header(letter, "nelbo.reason")).isEqualTo(expected.reason());
    assertThat(header(letter, "nelbo.source-topic")).isEqualTo(topic);
    assertThat(letter.key()).isEqualTo(expected.key());
    assertThat(letter.value()).isEqualTo(expected.value());
    assertThat(header(letter, "nelbo.message")).isNotBlank();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private void send(String topic) {
    CorrelatedSensors sensors = new CorrelatedSensors(1);
    try (RawProducer producer = new RawProducer(BROKER.bootstrapServers(), topic)) {
      for (int i = 0; i < RECORDS; i++) {
        int series = i % 20;
        long time = START + i;
        byte[] key = ("s" + series).getBytes(UTF_8);
        if (i % BAD_EVERY == BAD_EVERY - 1) {
          Bad sick = bad(i / BAD_EVERY, series, time, sensors.normal());
          producer.send(
              series % 2, time, sick.key(), sick.value(), position -> bad.put(position, sick));
        } else {
          byte[] value = writer.write("s" + series, time, sensors.normal(), -1);
          producer.send(series % 2, time, key, value, good::add);
        }
      }
      producer.flush();
    }
  }

  private Bad bad(int number, int series, long time, float[] features) {
    String name = "s" + series;
    byte[] key = name.getBytes(UTF_8);
    byte[] whole = writer.write(name, time, features, -1);
    return switch (number % 12) {
      case 0 -> new Bad("UNPARSEABLE", key, "not avro at all".getBytes(UTF_8));
      case 1 -> new Bad("UNPARSEABLE", key, null);
      case 2 -> new Bad("UNPARSEABLE", key, Arrays.copyOf(whole, whole.length - 3));
      case 3 -> new Bad("UNPARSEABLE", null, new byte[0]);
      case 4 ->
          new Bad("UNKNOWN_SCHEMA", key, ByteBuffer.wrap(whole.clone()).putLong(2, 42).array());
      case 5 -> new Bad("WRONG_FEATURES", key, writer.write(name, time, new float[] {1, 2}, -1));
      case 6 ->
          new Bad(
              "NOT_FINITE",
              key,
              writer.write(name, time, new float[] {1, Float.NEGATIVE_INFINITY, 3}, -1));
      case 7 -> new Bad("NO_SERIES", key, writer.write(" ", time, features, -1));
      case 8 -> new Bad("NO_TIME", key, writer.write(name, Long.MIN_VALUE, features, -1));
      case 9 ->
          new Bad(
              "TIME_AHEAD",
              key,
              writer.write(name, time + Duration.ofHours(2).toMillis(), features, -1));
      case 10 -> new Bad("TOO_LARGE", key, new byte[MOST_BYTES + 1]);
      // Half a second behind its series, which has had a record every 20 ms.
      default -> new Bad("LATE", key, writer.write(name, time - 500, features, -1));
    };
  }
}
