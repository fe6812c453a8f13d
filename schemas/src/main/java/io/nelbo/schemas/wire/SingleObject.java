package io.nelbo.schemas.wire;

import io.nelbo.schemas.wire.WireFormatException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's single-object encoding of one record type: the header names the writer's schema, so every
 * version that was ever released can be read for ever. Buffers are reused: not thread-safe.
 *
 * @param <T> a generated record type
 */
public final class SingleObject<T extends SpecificRecord> {
  private final Schema schema;
  private final long fingerprint;
  private final SpecificDatumWriter<T> writer;
  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(256);
  private final byte[] header = new byte[Header.LENGTH];
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
  private final CheckedDecoder decoder = new CheckedDecoder();

  private SingleObject(Class<T> type) {
    SpecificData data = SpecificData.getForClass(type);
    schema = data.getSchema(type);
    fingerprint = Header.fingerprint(schema);
    writer = new SpecificDatumWriter<>(schema, data);
    Header.write(fingerprint, header);
    readers.put(fingerprint, new SpecificDatumReader<>(schema, schema, data));
    for (Schema released : ReleasedSchemas.of(type)) {
      readers.putIfAbsent(
          Header.fingerprint(released), new SpecificDatumReader<>(released, schema, data));
    }
  }

  public static <T extends SpecificRecord> SingleObject<T> of(Class<T> type) {
    return new SingleObject<>(type);
  }

  /** The bytes of {@code record}, which must have all its fields set. */
  public byte[] encode(T record) {
    buffer.reset();
    buffer.writeBytes(header);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return buffer.toByteArray();
  }

  /**
   * The record that {@code bytes} hold, whichever released version wrote them.
   *
   * @throws WireFormatException if they hold none, or more than one
   */
  // Avro answers wrong indices and the like with whatever runtime exception comes up.
  public T decode(byte[] bytes) throws WireFormatException {
    long writtenWith = Header.read(bytes);
    SpecificDatumReader<T> reader = readers.get(writtenWith);
    if (reader == null) {
      throw unknownSchema(writtenWith);
    }
    decoder.reset(bytes, Header.LENGTH);
    try {
      T record = reader.read(null, decoder);
      decoder.requireEnd();
      return record;
    } catch (WireFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw WireFormatException.corrupt(
          "bytes are no %s: %s".formatted(schema.getName(), e.getClass().getSimpleName()));
    } finally {
      decoder.release();
    }
  }

  private WireFormatException unknownSchema(long writtenWith) {
    return new WireFormatException(
        Kind.UNKNOWN_SCHEMA,
        "schema fingerprint %016x is of no released version of %s (current: %016x)"
            .formatted(writtenWith, schema.getName(), fingerprint));
  }
}
