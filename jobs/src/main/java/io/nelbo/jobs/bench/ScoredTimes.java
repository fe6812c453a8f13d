package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.wire.SingleObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/** When records were due, and when their scores had reached the broker. */
final class ScoredTimes {
  private static final Duration POLL = Duration.ofMillis(200);

  private final BenchGround ground;
  private final String topic;

  /**
   * One scored record.
   *
   * @param dueMillis its event time
   * @param scoredMillis when the broker had the score
   * @param version of the model that scored it
   * @param overdue whether the governing model had not loaded in time
   */
  record ScoredTime(long dueMillis, long scoredMillis, String version, boolean overdue) {
    long latencyMillis() {
      return scoredMillis - dueMillis;
    }
  }

  ScoredTimes(BenchGround ground, NelboConfig config) {
    this.ground = ground;
    topic = config.topics().scores();
  }

  /** All that the topic holds by now, each partition in its order. */
  List<ScoredTime> read() throws IOException {
    SingleObject<Score> codec = SingleObject.of(Score.class);
    List<ScoredTime> times = new ArrayList<>();
    try (TopicReader<ConsumerRecord<byte[], byte[]>> reader =
        TopicReader.ofRecords(ground.bootstrapServers(), topic, IsolationLevel.READ_COMMITTED)) {
      do {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          Score score = codec.decode(record.value());
          times.add(
              new ScoredTime(
                  score.getEventTime().toEpochMilli(),
                  record.timestamp(),
                  String.valueOf(score.getModelVersion()),
                  score.getOverdue()));
        }
      } while (!reader.isAtEnd());
    }
    return times;
  }
}
