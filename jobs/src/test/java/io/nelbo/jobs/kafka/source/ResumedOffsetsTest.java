package io.nelbo.jobs.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class ResumedOffsetsTest {
  private static final TopicNow TOPIC =
      new TopicNow(
          "pumps", "now", Map.of(0, new TopicNow.Held(100, 200), 1, new TopicNow.Held(0, 50)));

  @Test
  void offsetsWithinTheTopicStayAsTheyAre() {
    List<KafkaPartitionSplit> splits = List.of(of("now", 0, 100), of("now", 1, 50));

    ResumedOffsets resumed = in(splits);

    assertThat(resumed.splits()).isEqualTo(splits);
    assertThat(resumed.lost()).isEmpty();
  }

  @Test
  void aStateThatRemembersNoIdIsAdopted() {
    List<KafkaPartitionSplit> splits = List.of(plain(0, 150));

    assertThat(in(splits).splits()).isEqualTo(splits);
  }

  @Test
  void aBrokerThatGivesNoIdsContradictsNothing() {
    TopicNow nameless = new TopicNow("pumps", "", TOPIC.partitions());

    assertThat(ResumedOffsets.in(nameless, List.of(of("then", 0, 150)), "g", "b").splits())
        .hasSize(1);
  }

  @Test
  void offsetsOfAnotherTopicAreRefusedHoweverWellTheyFit() {
    assertThatThrownBy(() -> in(List.of(of("then", 0, 150))))
        .isInstanceOf(OtherTopicException.class)
        .hasMessage(
            "source topic pumps is another than the one that this job has read so far, it was"
                + " deleted and made anew (its id was then and is now): the offsets remembered"
                + " would skip records of it; bring the topic back as it was, or start without"
                + " --restore (under 'flink run' without -s) to leave the old topic behind");
  }

  @Test
  void partitionsThatAreGoneAreNamed() {
    assertThatThrownBy(() -> in(List.of(plain(0, 150), plain(3, 1), plain(2, 1))))
        .isInstanceOf(OtherTopicException.class)
        .hasMessageStartingWith(
            "source topic pumps has 2 partitions, the job is to go on in partitions 2, 3 of it:");
  }

  @Test
  void offsetsBeyondTheEndAreNamedTogether() {
    assertThatThrownBy(() -> in(List.of(of("now", 0, 201), of("now", 1, 51))))
        .isInstanceOf(OtherTopicException.class)
        .hasMessageContaining("(201 of partition 0, which ends at 200, 51 of partition 1, which")
        .hasMessageEndingWith(
            "kafka-consumer-groups --bootstrap-server broker:9092 --group pump-score --topic pumps"
                + " --reset-offsets --to-earliest --execute");
  }

  @Test
  void offsetsOfATopicOfAnotherNameAreRefused() {
    KafkaPartitionSplit other = new KafkaPartitionSplit(new TopicPartition("fans", 0), 150);

    assertThatThrownBy(() -> in(List.of(other)))
        .isInstanceOf(OtherTopicException.class)
        .hasMessageStartingWith(
            "the state to restore holds offsets of topic fans, source.topic is pumps:");
  }

  @Test
  void whatRetentionDeletedIsLeftOutAndTold() {
    ResumedOffsets resumed = in(List.of(of("now", 0, 40), of("now", 1, 0)));

    assertThat(resumed.lost()).containsExactly(new ResumedOffsets.Lost("pumps", 0, 40, 100));
    assertThat(resumed.lost().get(0).offsets()).isEqualTo(60);
    assertThat(resumed.splits())
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(100L, 0L);
  }

  @Test
  void aMarkForTheBeginningIsNoOffset() {
    List<KafkaPartitionSplit> splits = List.of(plain(0, KafkaPartitionSplit.EARLIEST_OFFSET));

    ResumedOffsets resumed = in(splits);

    assertThat(resumed.splits()).isEqualTo(splits);
    assertThat(resumed.lost()).isEmpty();
  }

  private static ResumedOffsets in(List<KafkaPartitionSplit> splits) {
    return ResumedOffsets.in(TOPIC, splits, "pump-score", "broker:9092");
  }

  private static KafkaPartitionSplit of(String topicId, int partition, long offset) {
    return new RememberedSplit(plain(partition, offset), topicId);
  }

  private static KafkaPartitionSplit plain(int partition, long offset) {
    return new KafkaPartitionSplit(new TopicPartition("pumps", partition), offset);
  }
}
