package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.wire.SingleObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When records were due, and when their scores had reached the broker. */
final class ScoredTimes {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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

  /**
   * So many, each partition in its order; waits for those that are still to come.
   *
   * @throws IOException when they have not come within two minutes
   */
  List<ScoredTime> read(long records) throws IOException {
    SingleObject<Score> codec = SingleObject.of(Score.class);
    List<ScoredTime> times = new ArrayList<>();
    try (TopicReader<TopicReader.Stamped<Score>> reader =
        TopicReader.ofStampedValues(ground.bootstrapServers(), topic, codec::decode)) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (times.size() < records) {
        if (System.nanoTime() > end) {
          throw new IOException(
              "of %s records %s are scored %s after the last: the job does not keep up"
                  .formatted(records, times.size(), PATIENCE));
        }
        for (TopicReader.Stamped<Score> stamped : reader.poll(POLL)) {
          Score score = stamped.value();
          times.add(
              new ScoredTime(
                  score.getEventTime().toEpochMilli(),
                  stamped.timestampMillis(),
                  String.valueOf(score.getModelVersion()),
                  score.getOverdue()));
        }
      }
    }
    return times;
  }
}
