package io.nelbo.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.jobs.decode.DeadLetterHeaders;
import io.nelbo.jobs.stream.Rejected;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters: the original bytes untouched, everything else in headers. Of a record that
 * is too large for the topic the end is cut off, the value's first, and a header says how much.
 */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<Rejected> {
  private static final long serialVersionUID = 1;

  /** Bytes around a record in its batch, and around each header in it, generously. */
  private static final int FRAMING = 256;

  private static final int HEADER_FRAMING = 16;

  private final String topic;
  private final RecordLimit limit;
  private transient DeadLetterHeaders headers;
  private transient int mostBytes;

  DeadLetterSerializer(String topic, RecordLimit limit) {
    this.topic = topic;
    this.limit = limit;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    headers = new DeadLetterHeaders();
    mostBytes = limit.bytes();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Rejected rejected, KafkaSinkContext context, Long timestamp) {
    Map<String, byte[]> about = headers.of(letter(rejected));
    int room = mostBytes - FRAMING - size(about);
    byte[] key = cut(rejected.key(), room);
    byte[] value = cut(rejected.value(), room - length(key));
    int lost = length(rejected.key()) - length(key) + length(rejected.value()) - length(value);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
    about.forEach((name, text) -> record.headers().add(name, text));
    if (lost > 0) {
      record
          .headers()
          .add(DeadLetterHeaders.TRUNCATED_BYTES, Integer.toString(lost).getBytes(UTF_8));
    }
    return record;
  }

  private static int size(Map<String, byte[]> headers) {
    int size = 0;
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      size += header.getKey().length() + header.getValue().length + HEADER_FRAMING;
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte @Nullable [] cut(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, Math.max(0, most));
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
