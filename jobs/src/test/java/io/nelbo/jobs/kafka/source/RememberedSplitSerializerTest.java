package io.nelbo.jobs.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RememberedSplitSerializerTest {
  private final RememberedSplitSerializer serializer = new RememberedSplitSerializer();
  private final KafkaPartitionSplit plain =
      new KafkaPartitionSplit(new TopicPartition("pumps", 3), 480, 900);

  @Test
  void theIdOfTheTopicTravelsWithTheOffset() throws Exception {
    RememberedSplit remembered = new RememberedSplit(plain, "abc");

    KafkaPartitionSplit read =
        serializer.deserialize(serializer.getVersion(), serializer.serialize(remembered));

    assertThat(read).isEqualTo(remembered);
    assertThat(RememberedSplit.topicId(read)).isEqualTo("abc");
  }

  @Test
  void whatTheConnectorWroteIsReadWithoutAnId() throws Exception {
    KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();

    KafkaPartitionSplit read =
        serializer.deserialize(connector.getVersion(), connector.serialize(plain));

    assertThat(read).isEqualTo(plain);
    assertThat(RememberedSplit.topicId(read)).isEmpty();
  }
}
