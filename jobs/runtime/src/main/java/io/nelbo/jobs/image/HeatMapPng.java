package io.nelbo.jobs.image;

import io.nelbo.model.score.HeatMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A heat map as a small grey PNG: {@value #BORDER} is the border, {@value #WHITE} four times that
 * and more, on a scale of square roots, so that a grey means the same in every event.
 */
public final class HeatMapPng {
  /** The grey of the border. */
  public static final int BORDER = 128;

  private static final int WHITE = 255;

  private HeatMapPng() {}

  /** As bytes. */
  public static byte[] of(HeatMap map) {
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        image.getRaster().setSample(x, y, 0, grey(map.at(y, x)));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a heat map in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  static int grey(float strangeness) {
    return (int) Math.min(WHITE, Math.round(BORDER * Math.sqrt(Math.max(0, strangeness))));
  }
}
