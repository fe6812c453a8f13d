package io.nelbo.jobs.image;

import io.nelbo.model.score.HeatMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A heat map as a small grey PNG, in the map's own greys. */
public final class HeatMapPng {
  private HeatMapPng() {}

  /** As bytes. */
  public static byte[] of(HeatMap map) {
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        image.getRaster().setSample(x, y, 0, map.grey(y, x));
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
}
