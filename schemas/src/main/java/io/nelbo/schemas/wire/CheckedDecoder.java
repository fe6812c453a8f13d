package io.nelbo.schemas.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoding of one array of bytes that nobody vouches for: every length is held
 * against the bytes that are left before anything is allocated, and text must be UTF-8.
 *
 * <p>Counts on every item of an array or map taking at least one byte, which holds for all our
 * schemas. Not thread-safe.
 */
final class CheckedDecoder extends Decoder {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int position;

  /** Starts over at {@code from} of other bytes, which are not copied. */
  void reset(byte[] newBytes, int from) {
    bytes = newBytes;
    position = from;
  }

  /** Lets go of the bytes. */
  void release() {
    reset(NOTHING, 0);
  }

  void requireEnd() throws WireFormatException {
    if (position != bytes.length) {
      throw WireFormatException.corrupt(
          "%d bytes follow the end of the record".formatted(bytes.length - position));
    }
  }

  /** Fails unless {@code length} more bytes are there. */
  void requireLeft(long length) throws WireFormatException {
    if (length < 0 || length > bytes.length - position) {
      throw WireFormatException.corrupt(
          "%d bytes are needed where %d are left".formatted(length, bytes.length - position));
    }
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws WireFormatException {
    int value = bytes[take(1)];
    if (value != 0 && value != 1) {
      throw WireFormatException.corrupt("a boolean is %d, must be 0 or 1".formatted(value));
    }
    return value == 1;
  }

  @Override
  public int readInt() throws WireFormatException {
    long value = readLong();
    if (value != (int) value) {
      throw WireFormatException.corrupt("an int is %d, out of range".formatted(value));
    }
    return (int) value;
  }

  @Override
  public long readLong() throws WireFormatException {
    long raw = 0;
    for (int shift = 0; shift <= 63; shift += 7) {
      byte next = bytes[take(1)];
      if (shift == 63 && (next & 0xfe) != 0) {
        break;
      }
      raw |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw WireFormatException.corrupt("a number is longer than 64 bits");
  }

  @Override
  public float readFloat() throws WireFormatException {
    return (float) FLOAT.get(bytes, take(Float.BYTES));
  }

  @Override
  public double readDouble() throws WireFormatException {
    return (double) DOUBLE.get(bytes, take(Double.BYTES));
  }

  /** Fills {@code into} from {@code from} with {@code count} floats. */
  void readFloats(float[] into, int from, int count) throws WireFormatException {
    int start = take(count * (long) Float.BYTES);
    for (int i = 0; i < count; i++) {
      into[from + i] = (float) FLOAT.get(bytes, start + i * Float.BYTES);
    }
  }

  /** The next text, from {@code cache} if it was there before. */
  String readString(TextCache cache) throws WireFormatException {
    int length = length();
    return cache.get(bytes, position - length, length);
  }

  @Override
  public String readString() throws WireFormatException {
    int length = length();
    return Text.decode(bytes, position - length, length);
  }

  @Override
  public Utf8 readString(Utf8 old) throws WireFormatException {
    return new Utf8(readString());
  }

  @Override
  public void skipString() throws WireFormatException {
    length();
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws WireFormatException {
    int length = length();
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, position - length, position));
  }

  @Override
  public void skipBytes() throws WireFormatException {
    length();
  }

  @Override
  public void readFixed(byte[] into, int start, int length) throws WireFormatException {
    System.arraycopy(bytes, take(length), into, start, length);
  }

  @Override
  public void skipFixed(int length) throws WireFormatException {
    take(length);
  }

  @Override
  public int readEnum() throws WireFormatException {
    return readInt();
  }

  @Override
  public int readIndex() throws WireFormatException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws WireFormatException {
    long count = readLong();
    if (count < 0) {
      readLong(); // the block's size in bytes, for those who skip it
      count = -count;
    }
    if (count < 0 || count > bytes.length - position) {
      throw WireFormatException.corrupt(
          "an array of %d items cannot fit into %d bytes"
              .formatted(count, bytes.length - position));
    }
    return count;
  }

  @Override
  public long arrayNext() throws WireFormatException {
    return readArrayStart();
  }

  @Override
  public long skipArray() throws WireFormatException {
    return readArrayStart();
  }

  @Override
  public long readMapStart() throws WireFormatException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws WireFormatException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws WireFormatException {
    return readArrayStart();
  }

  /** Reads a length and steps over that many bytes. */
  private int length() throws WireFormatException {
    long length = readLong();
    take(length);
    return (int) length;
  }

  /** Steps over {@code length} bytes and says where they began. */
  private int take(long length) throws WireFormatException {
    requireLeft(length);
    int start = position;
    position += (int) length;
    return start;
  }
}
