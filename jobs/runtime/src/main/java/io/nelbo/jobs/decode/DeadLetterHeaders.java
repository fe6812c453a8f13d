package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a dead letter travels: the original key and value stay untouched, everything about them is in
 * headers. Plain text for people and filters, and the whole {@link DeadLetter} once more in Avro
 * single-object encoding for programs. Reuses buffers: not thread-safe.
 */
public final class DeadLetterHeaders {
  public static final String REASON = "nelbo.reason";
  public static final String MESSAGE = "nelbo.message";
  public static final String SOURCE_TOPIC = "nelbo.source-topic";
  public static final String SOURCE_PARTITION = "nelbo.source-partition";
  public static final String SOURCE_OFFSET = "nelbo.source-offset";

  /** Epoch milliseconds. */
  public static final String SOURCE_TIMESTAMP = "nelbo.source-timestamp";

  /** How many bytes of the value, and then of the key, did not fit; absent if all did. */
  public static final String TRUNCATED_BYTES = "nelbo.truncated-bytes";

  /** The whole in Avro. */
  public static final String DEAD_LETTER = "nelbo.dead-letter";

  private final SingleObject<DeadLetter> wire = SingleObject.of(DeadLetter.class);

  /** Names and values of the headers, always in the same order. */
  public Map<String, byte[]> of(DeadLetter letter) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(REASON, text(letter.getReason()));
    headers.put(MESSAGE, text(letter.getMessage()));
    headers.put(SOURCE_TOPIC, text(letter.getSourceTopic()));
    headers.put(SOURCE_PARTITION, text(letter.getSourcePartition()));
    headers.put(SOURCE_OFFSET, text(letter.getSourceOffset()));
    headers.put(SOURCE_TIMESTAMP, text(letter.getSourceTimestamp().toEpochMilli()));
    headers.put(DEAD_LETTER, wire.encode(letter));
    return headers;
  }

  /**
   * The dead letter that the headers carry; empty if they carry none.
   *
   * @throws WireFormatException if what they carry cannot be read
   */
  public Optional<DeadLetter> read(Map<String, byte[]> headers) throws WireFormatException {
    byte[] bytes = headers.get(DEAD_LETTER);
    return bytes == null ? Optional.empty() : Optional.of(wire.decode(bytes));
  }

  private static byte[] text(Object value) {
    return value.toString().getBytes(UTF_8);
  }
}
