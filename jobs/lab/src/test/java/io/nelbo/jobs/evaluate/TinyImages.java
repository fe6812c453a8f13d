package io.nelbo.jobs.evaluate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Made-up IDX files of images of 6 x 6 in which one pair of rows is bright, by label. */
final class TinyImages {
  static final int SIDE = 6;

  private TinyImages() {}

  /** Both files of one half, gzip. */
  static void write(Path folder, String half, int[] labels, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[labels.length * SIDE * SIDE];
    byte[] written = new byte[labels.length];
    for (int image = 0; image < labels.length; image++) {
      written[image] = (byte) labels[image];
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel / SIDE / 2 == labels[image];
        int grey = random.nextInt(40) + (bright ? 200 : 0);
        pixels[image * SIDE * SIDE + pixel] = (byte) grey;
      }
    }
    Files.createDirectories(folder);
    gzip(
        folder.resolve(half + "-images-idx3-ubyte.gz"),
        idx(new int[] {labels.length, SIDE, SIDE}, pixels));
    gzip(folder.resolve(half + "-labels-idx1-ubyte.gz"), idx(new int[] {labels.length}, written));
  }

  static byte[] idx(int[] shape, byte[] values) {
    ByteBuffer content = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    content.putInt(0x0800 | shape.length);
    for (int size : shape) {
      content.putInt(size);
    }
    return content.put(values).array();
  }

  static Path gzip(Path file, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }
}
