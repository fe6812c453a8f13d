package io.nelbo.jobs.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Made-up sets of images: discs under changing light, of which defective ones have a bright blot.
 */
public final class DrawnImages {
  private static final int BLOT = 6;

  private final int height;
  private final int width;
  private final boolean colour;
  private final SplittableRandom random;

  public DrawnImages(int height, int width, boolean colour, long seed) {
    this.height = height;
    this.width = width;
    this.colour = colour;
    this.random = new SplittableRandom(seed);
  }

  /** A drawn image and its mask. */
  private record Drawn(BufferedImage image, BufferedImage mask) {}

  /** A whole set of files: {@code train/good}, {@code test/good}, {@code test/blot}, with masks. */
  public void write(Path folder, int train, int good, int defective) throws IOException {
    good(folder.resolve("train/good"), train);
    good(folder.resolve("test/good"), good);
    defective(folder, "blot", defective);
  }

  /** Good ones, numbered from 0. */
  public void good(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      write(draw(false).image(), folder.resolve("%03d.png".formatted(i)));
    }
  }

  /** Defective ones of a kind with their masks. */
  public void defective(Path folder, String kind, int count) throws IOException {
    Path images = Files.createDirectories(folder.resolve("test").resolve(kind));
    Path masks = Files.createDirectories(folder.resolve("ground_truth").resolve(kind));
    for (int i = 0; i < count; i++) {
      Drawn drawn = draw(true);
      write(drawn.image(), images.resolve("%03d.png".formatted(i)));
      write(drawn.mask(), masks.resolve("%03d_mask.png".formatted(i)));
    }
  }

  /** Greys of an image, row after row. */
  byte[] greys(boolean defective, byte[] mask) {
    Drawn drawn = draw(defective);
    byte[] greys = new byte[height * width];
    for (int i = 0; i < greys.length; i++) {
      greys[i] = (byte) drawn.image().getRaster().getSample(i % width, i / width, 0);
      mask[i] = (byte) drawn.mask().getRaster().getSample(i % width, i / width, 0);
    }
    return greys;
  }

  private Drawn draw(boolean defective) {
    BufferedImage image =
        new BufferedImage(
            width, height, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    int light = random.nextInt(60);
    pen.setColor(new Color(60 + light, colour ? 20 : 60 + light, 60 + light));
    pen.fillRect(0, 0, width, height);
    pen.setColor(new Color(140 + light, 140 + light, colour ? 40 : 140 + light));
    pen.fillOval(width / 6 + random.nextInt(3), height / 6, 2 * width / 3, 2 * height / 3);
    if (defective) {
      int x = width / 4 + random.nextInt(width / 3);
      int y = height / 4 + random.nextInt(height / 3);
      pen.setColor(Color.BLACK);
      pen.fillRect(x, y, BLOT, BLOT);
      Graphics2D marker = mask.createGraphics();
      marker.setColor(Color.WHITE);
      marker.fillRect(x, y, BLOT, BLOT);
      marker.dispose();
    }
    pen.dispose();
    return new Drawn(image, mask);
  }

  static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
