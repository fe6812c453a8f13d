package io.nelbo.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.decode.DeadLetterHeaders;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.Rejected;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // the serialiser uses neither the contexts nor the timestamp
final class DeadLetterSerializerTest {
  private static final int LIMIT = 10_000;

  @Test
  void whatFitsTravelsWhole() {
    ProducerRecord<byte[], byte[]> record = serialize(new byte[100], filled(8_000));

    assertThat(record.key()).hasSize(100);
    assertThat(record.value()).isEqualTo(filled(8_000));
    assertThat(record.headers().lastHeader(DeadLetterHeaders.TRUNCATED_BYTES)).isNull();
  }

  @Test
  void ofAValueBeyondTheTopicsLimitTheEndIsCutOffAndCounted() {
    ProducerRecord<byte[], byte[]> record = serialize(new byte[100], filled(50_000));

    assertThat(size(record)).isBetween(LIMIT - 1_000, LIMIT);
    assertThat(record.key()).hasSize(100);
    assertThat(record.value()).isEqualTo(Arrays.copyOf(filled(50_000), record.value().length));
    assertThat(lost(record)).isEqualTo(50_000 - record.value().length);
  }

  @Test
  void ofAKeyBeyondTheTopicsLimitTheEndIsCutOffToo() {
    ProducerRecord<byte[], byte[]> record = serialize(filled(20_000), filled(30));

    assertThat(size(record)).isBetween(LIMIT - 1_000, LIMIT);
    assertThat(record.value()).isEmpty();
    assertThat(lost(record)).isEqualTo(20_030 - record.key().length);
  }

  private static ProducerRecord<byte[], byte[]> serialize(byte[] key, byte[] value) {
    DeadLetterSerializer serializer = new DeadLetterSerializer("letters", () -> LIMIT);
    serializer.open(null, null);
    return serializer.serialize(
        new Rejected(
            "TOO_LARGE",
            "value is too large",
            "records",
            new Place(1, 2),
            3,
            Long.MIN_VALUE,
            new Original(key, value)),
        null,
        null);
  }

  /** As the producer counts it against {@code max.request.size}. */
  private static int size(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  private static int lost(ProducerRecord<byte[], byte[]> record) {
    byte[] header = record.headers().lastHeader(DeadLetterHeaders.TRUNCATED_BYTES).value();
    return Integer.parseInt(new String(header, UTF_8));
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
