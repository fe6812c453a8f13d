package io.nelbo.jobs.evaluate.data;

import static java.util.stream.Collectors.joining;

import io.nelbo.jobs.files.PlainOrGzip;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipException;

/**
 * Unsigned bytes in the IDX layout of MNIST (LeCun et al. 1998): a magic number that tells type and
 * number of dimensions, one big-endian size per dimension, the values; plain or gzip.
 *
 * @param shape sizes of the dimensions, the last varies fastest
 * @param values as many as the shape says, to be read as unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // large by nature, never compared
public record IdxFile(Path file, int[] shape, byte[] values) {
  private static final int UNSIGNED_BYTES = 0x08;

  /**
   * Reads images, {@code [count, height, width]}.
   *
   * @throws BenchmarkDataException when the file is something else, or not whole
   */
  public static IdxFile images(Path file) throws IOException {
    return read(file, "images", 3);
  }

  /**
   * Reads images with or without a dimension of channels, {@code [count, height, width, channels]};
   * fails as {@link #images} does.
   */
  public static IdxFile frames(Path file) throws IOException {
    return read(file, "images", 3, 4);
  }

  /** Reads labels, {@code [count]}; fails as {@link #images} does. */
  public static IdxFile labels(Path file) throws IOException {
    return read(file, "labels", 1);
  }

  /** The first dimension. */
  public int count() {
    return shape[0];
  }

  private static IdxFile read(Path file, String what, int... allowed) throws IOException {
    try (DataInputStream in = new DataInputStream(PlainOrGzip.open(file))) {
      int magic = in.readInt();
      int[] expected = IntStream.of(allowed).map(each -> UNSIGNED_BYTES << 8 | each).toArray();
      if (IntStream.of(expected).noneMatch(each -> each == magic)) {
        throw new BenchmarkDataException(
            String.format(
                "%s: the magic number is %d, expected %s (%s of unsigned bytes)",
                file,
                magic,
                IntStream.of(expected).mapToObj(Integer::toString).collect(joining(" or ")),
                what));
      }
      int[] shape = new int[magic & 0xff];
      long size = 1;
      for (int i = 0; i < shape.length; i++) {
        shape[i] = in.readInt();
        size = shape[i] < 1 ? 0 : size * shape[i];
        if (size < 1 || size > Integer.MAX_VALUE - 8) {
          throw new BenchmarkDataException(
              String.format(
                  "%s: dimension %d is %d, expected at least 1 and less than 2 GiB in all",
                  file, i, shape[i]));
        }
      }
      return new IdxFile(file, shape, values(file, in, (int) size));
    } catch (EOFException e) {
      throw new BenchmarkDataException(file + ": the file ends too early, it is not whole");
    } catch (ZipException e) {
      throw new BenchmarkDataException(file + ": the gzip data are damaged: " + e.getMessage());
    }
  }

  private static byte[] values(Path file, InputStream in, int size) throws IOException {
    byte[] values = in.readNBytes(size); // grows as it reads: a header alone costs no memory
    if (values.length < size) {
      throw new BenchmarkDataException(
          String.format(
              "%s: the file ends after %d of %d values, it is not whole",
              file, values.length, size));
    }
    if (in.read() >= 0) {
      throw new BenchmarkDataException(
          String.format("%s: there is more than the %d values of its header", file, size));
    }
    return values;
  }
}
