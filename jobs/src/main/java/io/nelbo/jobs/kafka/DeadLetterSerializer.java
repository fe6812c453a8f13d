package io.nelbo.jobs.kafka;

import io.nelbo.jobs.decode.DeadLetterHeaders;
import io.nelbo.jobs.stream.Rejected;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes dead letters: the original bytes untouched, everything else in headers. */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<Rejected> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private transient DeadLetterHeaders headers;

  DeadLetterSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    headers = new DeadLetterHeaders();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Rejected rejected, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, rejected.key(), rejected.value());
    headers.of(letter(rejected)).forEach((name, value) -> record.headers().add(name, value));
    return record;
  }

  private static DeadLetter letter(Rejected rejected) {
    return DeadLetter.newBuilder()
        .setReason(DeadLetterReason.valueOf(rejected.reason()))
        .setMessage(rejected.message())
        .setSourceTopic(rejected.topic())
        .setSourcePartition(rejected.partition())
        .setSourceOffset(rejected.offset())
        .setSourceTimestamp(Instant.ofEpochMilli(rejected.kafkaTimeMillis()))
        .build();
  }
}
