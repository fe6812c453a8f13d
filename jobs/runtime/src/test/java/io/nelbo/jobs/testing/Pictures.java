package io.nelbo.jobs.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Images of tests as files hold them. */
public final class Pictures {
  private Pictures() {}

  /** A plain one. */
  public static byte[] grey(String format, int height, int width, int value) {
    int[] values = new int[height * width];
    Arrays.fill(values, value);
    return grey(format, height, width, values);
  }

  /**
   * @param format png, jpg, gif or bmp
   * @param values of 0 to 255, row after row
   */
  public static byte[] grey(String format, int height, int width, int[] values) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, width, height, 0, values);
    return written(image, format);
  }

  /** One of colours that are no greys. */
  public static byte[] colour(String format, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < height * width; at++) {
      image.setRGB(at % width, at / width, 0xff8040);
    }
    return written(image, format);
  }

  /**
   * What a camera sees that looks at stripes which move: another phase, light and noise each time.
   */
  public static int[] stripes(int side, SplittableRandom random) {
    double phase = 2 * Math.PI * random.nextDouble();
    double light = 0.7 + 0.6 * random.nextDouble();
    int[] frame = new int[side * side];
    for (int i = 0; i < frame.length; i++) {
      double value = light * (120 + 40 * Math.sin(phase + 0.5 * (i % side)));
      frame[i] = (int) Math.max(0, Math.min(255, Math.rint(value + 4 * random.nextGaussian())));
    }
    return frame;
  }

  /** Darkens a square. */
  public static int[] blotted(int[] frame, int side, int x, int y, int blot) {
    int[] other = frame.clone();
    for (int pixel = 0; pixel < blot * blot; pixel++) {
      other[(y + pixel / blot) * side + x + pixel % blot] = 15;
    }
    return other;
  }

  private static byte[] written(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
