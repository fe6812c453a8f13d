package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.Rejected;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes dead letters: the original bytes untouched, everything else in headers. */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<Rejected> {
  private static final long serialVersionUID = 1;

  private final String topic;

  DeadLetterSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Rejected rejected, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, rejected.key(), rejected.value());
    return letter;
  }
}
