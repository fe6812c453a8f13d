package io.nelbo.jobs.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to one topic, keyed by series so that each series stays in order. The Kafka
 * timestamp is the record's event time. Not to be shared by threads.
 */
public final class RecordProducer implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();

  public RecordProducer(String bootstrapServers, String topic) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                65_536),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Hands one record over; it is on its way when this returns, and there after {@link #flush}.
   *
   * @throws IllegalStateException if an earlier record could not be written
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public void send(String series, Instant time, byte[] value) {
    throwIfFailed();
    // Kafka knows no time before 1970.
    long timestamp = Math.max(0, time.toEpochMilli());
    producer.send(
        new ProducerRecord<>(topic, null, timestamp, series, value),
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, exception);
          }
        });
  }

  /**
   * Returns when everything sent so far is in the topic.
   *
   * @throws IllegalStateException if something could not be written
   */
  public void flush() {
    producer.flush();
    throwIfFailed();
  }

  /** Records that the broker has confirmed. */
  public long acknowledged() {
    return acknowledged.get();
  }

  private void throwIfFailed() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(
          "A record could not be written to topic %s: %s".formatted(topic, cause.getMessage()),
          cause);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
