package io.nelbo.schemas.wire;

import io.nelbo.schemas.wire.WireFormatException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The first ten bytes of the single-object encoding: {@code c3 01} and the CRC-64-AVRO fingerprint
 * of the writer's schema, little-endian.
 */
final class Header {
  static final int LENGTH = 10;
  private static final byte MARKER = (byte) 0xc3;
  private static final byte VERSION = 1;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Header() {}

  /** Of the schema's parsing canonical form: documentation and defaults do not count. */
  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  static void write(long fingerprint, byte[] bytes) {
    bytes[0] = MARKER;
    bytes[1] = VERSION;
    LONG.set(bytes, 2, fingerprint);
  }

  /** The fingerprint that {@code bytes} begin with. */
  static long read(byte[] bytes) throws WireFormatException {
    if (bytes.length < 2 || bytes[0] != MARKER || bytes[1] != VERSION) {
      throw new WireFormatException(Kind.NOT_SINGLE_OBJECT, foreign(bytes));
    }
    if (bytes.length < LENGTH) {
      throw WireFormatException.corrupt(
          "%d bytes are too few: the header alone has %d".formatted(bytes.length, LENGTH));
    }
    return (long) LONG.get(bytes, 2);
  }

  private static String foreign(byte[] bytes) {
    if (bytes.length < 2) {
      return "%d bytes are not Avro's single-object encoding".formatted(bytes.length);
    }
    String hint =
        bytes[0] == 0 ? "; a leading 00 is the wire format of a Confluent schema registry" : "";
    return "bytes begin with %02x %02x, not with c3 01 of Avro's single-object encoding%s"
        .formatted(bytes[0], bytes[1], hint);
  }
}
