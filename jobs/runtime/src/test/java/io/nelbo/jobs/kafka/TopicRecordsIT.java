package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which part of a topic a replay reads. */
final class TopicRecordsIT {
  private static final long STEP = 1_000;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @Test
  void aStretchReadsNoMoreThanItsLeadIn() throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            kafka: {bootstrap-servers: "%s"}
            source: {topic: leadin.records, max-skew: 1s}
            window: {length: 4}
            series: {max-gap: 10s}
            alert: {episode-gap: 5s, smooth: 1}
            """
                .formatted(BROKER.bootstrapServers()));
    BROKER.createTopics(config, 1);
    try (RecordStream records =
        new RecordStream(BROKER.bootstrapServers(), config.source().topic(), 1, 4, STEP)) {
      records.send(1_000);
    }

    ReplayRange range = ReplayRange.between(Optional.of(at(500)), Optional.empty());
    TopicRecords stretch = TopicRecords.of(config, range, ReplayRange.leadIn(config));

    // Three gaps of a window, the episode gap, and the skew that a Kafka timestamp may have.
    assertThat(ReplayRange.leadIn(config)).hasSeconds(35);
    assertThat(stretch.size()).isEqualTo(1_000 - (500 - 36) + 1);
    List<Long> read = new ArrayList<>();
    stretch.forEach(record -> read.add(record.offset()));
    assertThat(read).hasSize((int) stretch.size()).startsWith(463L).endsWith(999L);
  }

  private static Instant at(int record) {
    return Instant.ofEpochMilli(RecordStream.START + record * STEP);
  }
}
