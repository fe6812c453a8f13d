package io.nelbo.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;

/** A growing buffer that writes Avro's binary encoding after a fixed header. Not thread-safe. */
final class WireBuffer {
  private static final int LONGEST_NUMBER = 10;
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[256];
  private int size = Header.LENGTH;

  WireBuffer(Schema schema) {
    Header.write(Header.fingerprint(schema), bytes);
  }

  /** Starts a new record behind the header. */
  void restart() {
    size = Header.LENGTH;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void writeLong(long value) {
    reserve(LONGEST_NUMBER);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void writeFloat(float value) {
    reserve(Float.BYTES);
    FLOAT.set(bytes, size, value);
    size += Float.BYTES;
  }

  void writeDouble(double value) {
    reserve(Double.BYTES);
    DOUBLE.set(bytes, size, value);
    size += Double.BYTES;
  }

  void writeString(String value) {
    byte[] text = value.getBytes(UTF_8);
    writeLong(text.length);
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  void writeFloats(float[] values) {
    if (values.length > 0) {
      writeLong(values.length);
      for (float value : values) {
        writeFloat(value);
      }
    }
    writeLong(0);
  }

  /** A union of null and boolean: 1 true, 0 false, -1 null. */
  void writeLabel(int label) {
    if (label < -1 || label > 1) {
      throw new IllegalArgumentException("label must be -1, 0 or 1, got " + label);
    }
    writeLong(label < 0 ? 0 : 1);
    if (label >= 0) {
      writeBoolean(label == 1);
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
