package io.nelbo.jobs.image;

import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.detect.FrameExplanation.Region;
import io.nelbo.model.record.Frames;
import io.nelbo.model.score.HeatMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * What a frame was, what was expected and where they differ, side by side as one PNG: the original
 * with a box around the strangest regions, the expectation, the heat map.
 */
public final class FramePanels {
  private static final int LEAST_SIDE = 256;
  private static final int GAP = 8;
  private static final int WHITE = 255;
  private static final Color BOX = new Color(0xff3b30);

  private FramePanels() {}

  /**
   * @param original in 0 to 255, as the model was shown it
   * @param expected in the same order
   */
  public static byte[] png(
      Frames frames, float[] original, double[] expected, FrameExplanation explanation) {
    int longer = Math.max(frames.height(), frames.width());
    int scale = Math.max(1, (LEAST_SIDE + longer - 1) / longer);
    int width = scale * frames.width();
    int height = scale * frames.height();
    BufferedImage panels =
        new BufferedImage(3 * width + 2 * GAP, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = panels.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, panels.getWidth(), height);
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      graphics.drawImage(picture(frames, i -> original[i]), 0, 0, width, height, null);
      graphics.drawImage(picture(frames, i -> expected[i]), width + GAP, 0, width, height, null);
      graphics.drawImage(coloured(explanation.map()), 2 * (width + GAP), 0, width, height, null);
      graphics.setColor(BOX);
      graphics.setStroke(new BasicStroke(2));
      for (Region region : explanation.regions()) {
        for (int left : new int[] {0, 2 * (width + GAP)}) {
          graphics.drawRect(
              left + scale * region.x(),
              scale * region.y(),
              scale * region.width() - 1,
              scale * region.height() - 1);
        }
      }
    } finally {
      graphics.dispose();
    }
    return bytes(panels);
  }

  private interface Values {
    double at(int place);
  }

  private static BufferedImage picture(Frames frames, Values values) {
    BufferedImage image =
        new BufferedImage(frames.width(), frames.height(), BufferedImage.TYPE_INT_RGB);
    int channels = frames.channels();
    for (int point = 0; point < frames.height() * frames.width(); point++) {
      int colour = 0;
      for (int channel = 0; channel < 3; channel++) {
        double value = values.at(point * channels + Math.min(channel, channels - 1));
        colour = colour << 8 | (int) Math.max(0, Math.min(WHITE, Math.rint(value)));
      }
      image.setRGB(point % frames.width(), point / frames.width(), colour);
    }
    return image;
  }

  /** From black over red at the border to yellow and white. */
  private static BufferedImage coloured(HeatMap map) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        image.setRGB(x, y, colour((double) map.grey(y, x) / WHITE));
      }
    }
    return image;
  }

  private static int colour(double heat) {
    int red = part(2 * heat);
    int green = part(2 * heat - 1);
    int blue = part(4 * heat - 3);
    return red << 16 | green << 8 | blue;
  }

  private static int part(double share) {
    return (int) Math.rint(WHITE * Math.max(0, Math.min(1, share)));
  }

  private static byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
