package io.nelbo.jobs.testing;

import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends any bytes whatever, and says where they came to lie. */
public final class RawProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  public RawProducer(String bootstrapServers, String topic) {
    this.topic = topic;
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                16 << 20,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                65_536),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells; flush waits
  public void send(
      int partition,
      long kafkaTimeMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Consumer<Position> written) {
    producer.send(
        new ProducerRecord<>(topic, partition, kafkaTimeMillis, key, value),
        (metadata, failure) -> {
          if (failure == null) {
            written.accept(new Position(metadata.partition(), metadata.offset()));
          }
        });
  }

  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
