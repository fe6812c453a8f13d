package io.nelbo.jobs.demo.line;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws parts as a camera over a line would see them: turned, moved and lit a little differently
 * each time, with machining marks, grain and an uneven belt. A frame is a function of the seed and
 * its number. Thread-safe.
 */
public final class InspectionLine {
  /** Pixels of a frame, either way. */
  public static final int SIDE = 64;

  /** No hole is missing. */
  private static final int NONE = -1;

  private static final double TURNED = Math.toRadians(4);
  private static final double MOVED = 0.03;

  /** Of the surface, in grey levels at the usual light: it fades with the light. */
  private static final double GRAIN = 4.9;

  /** Of the camera, whatever the light. */
  private static final double NOISE = 1;

  private final long seed;
  private final Map<Product, Shape> sound =
      Map.of(
          Product.FLANGE, Product.FLANGE.surface(NONE), Product.COVER, Product.COVER.surface(NONE));

  public InspectionLine(long seed) {
    this.seed = seed;
  }

  /**
   * What the camera sees.
   *
   * @param number of the frame
   * @param changed whether the line makes its second product already
   * @param light of the lamp, 1 as usual
   * @param defect what is wrong; empty for a good part
   */
  public PartView view(long number, boolean changed, double light, Optional<DefectKind> defect) {
    Product product = changed ? Product.COVER : Product.FLANGE;
    byte[] good = draw(number, product, light, Optional.empty());
    if (defect.isEmpty()) {
      return new PartView(good, Optional.empty());
    }
    byte[] bad = draw(number, product, light, defect);
    return new PartView(bad, Optional.of(new PartView.Defect(defect.get(), difference(good, bad))));
  }

  private byte[] draw(long number, Product product, double light, Optional<DefectKind> defect) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    SplittableRandom wrong = new SplittableRandom(seed * 7_919 + number);
    Pose pose = Pose.of(random, defect.filter(DefectKind.DISPLACED::equals).map(kind -> wrong));
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setColor(grey(58));
      graphics.fillRect(0, 0, SIDE, SIDE);
      graphics.transform(pose.transform());
      int undrilled =
          defect.filter(DefectKind.MISSING_HOLE::equals).isPresent()
              ? wrong.nextInt(product.holes().size())
              : NONE;
      Shape surface =
          undrilled == NONE
              ? Objects.requireNonNull(sound.get(product))
              : product.surface(undrilled);
      graphics.setColor(grey(150));
      graphics.fill(surface);
      graphics.clip(surface);
      machiningMarks(graphics, random);
      defect.ifPresent(kind -> spoil(graphics, kind, wrong));
    } finally {
      graphics.dispose();
    }
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData().clone();
    lightUp(pixels, light, random);
    return pixels;
  }

  /** Where the part lies. */
  private record Pose(double x, double y, double angle, double size) {
    /**
     * @param askew what decides how far it is off; empty for a part that lies as it should
     */
    static Pose of(SplittableRandom random, Optional<SplittableRandom> askew) {
      double x = MOVED * random.nextDouble(-1, 1);
      double y = MOVED * random.nextDouble(-1, 1);
      double angle = TURNED * random.nextDouble(-1, 1);
      double size = 1 + 0.015 * random.nextDouble(-1, 1);
      if (askew.isPresent()) {
        SplittableRandom wrong = askew.get();
        angle += Math.toRadians(wrong.nextBoolean() ? 18 : -18);
        x += 0.2 * wrong.nextDouble(-1, 1);
        y += 0.2 * wrong.nextDouble(-1, 1);
      }
      return new Pose(x, y, angle, size);
    }

    AffineTransform transform() {
      double half = SIDE / 2.0;
      AffineTransform transform = new AffineTransform();
      transform.translate(half * (1 + x), half * (1 + y));
      transform.rotate(angle);
      transform.scale(half * size, half * size);
      return transform;
    }
  }

  /** Rings that a tool leaves, of any phase. */
  private static void machiningMarks(Graphics2D graphics, SplittableRandom random) {
    double phase = random.nextDouble();
    graphics.setStroke(new BasicStroke(0.02f));
    for (int ring = 0; ring < 14; ring++) {
      double radius = 0.08 * (ring + phase);
      graphics.setColor(grey(ring % 2 == 0 ? 158 : 143));
      graphics.draw(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
    }
  }

  private static void spoil(Graphics2D graphics, DefectKind kind, SplittableRandom wrong) {
    Point2D at = onTheSurface(wrong);
    double angle = Math.PI * wrong.nextDouble();
    switch (kind) {
      case SCRATCH -> {
        double length = wrong.nextDouble(0.25, 0.4);
        graphics.setStroke(new BasicStroke(0.045f));
        graphics.setColor(grey(230));
        graphics.draw(
            new Line2D.Double(
                at.getX() - length * Math.cos(angle),
                at.getY() - length * Math.sin(angle),
                at.getX() + length * Math.cos(angle),
                at.getY() + length * Math.sin(angle)));
      }
      case BLOT -> {
        double radius = wrong.nextDouble(0.08, 0.14);
        graphics.setColor(grey(70));
        graphics.fill(
            new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 1.6 * radius));
      }
      case DISCOLOURATION -> {
        for (int layer = 0; layer < 8; layer++) {
          double radius = 0.34 * (1 - layer / 8.0);
          graphics.setColor(new Color(0, 0, 0, 12));
          graphics.fill(
              new Ellipse2D.Double(at.getX() - radius, at.getY() - radius, 2 * radius, 2 * radius));
        }
      }
      case CRACK -> {
        Path2D path = new Path2D.Double();
        double x = 0.72 * Math.cos(2 * angle);
        double y = 0.72 * Math.sin(2 * angle);
        path.moveTo(x, y);
        for (int step = 0; step < 6; step++) {
          x -= 0.08 * Math.cos(2 * angle) + 0.07 * wrong.nextDouble(-1, 1);
          y -= 0.08 * Math.sin(2 * angle) + 0.07 * wrong.nextDouble(-1, 1);
          path.lineTo(x, y);
        }
        graphics.setStroke(new BasicStroke(0.05f));
        graphics.setColor(grey(60));
        graphics.draw(path);
      }
      case MISSING_HOLE, DISPLACED -> {
        // the shape and the pose say it
      }
    }
  }

  /** Between the bore and the rim. */
  private static Point2D onTheSurface(SplittableRandom random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double radius = random.nextDouble(0.33, 0.5);
    return new Point2D.Double(radius * Math.cos(angle), radius * Math.sin(angle));
  }

  /** The lamp's strength and side, and the grain of surface and camera. */
  private static void lightUp(byte[] pixels, double light, SplittableRandom random) {
    double strength = light * random.nextDouble(0.92, 1.08);
    double right = random.nextDouble(-0.06, 0.06);
    double down = random.nextDouble(-0.06, 0.06);
    for (int i = 0; i < pixels.length; i++) {
      int row = i / SIDE;
      double x = 2.0 * (i % SIDE) / SIDE - 1;
      double y = 2.0 * row / SIDE - 1;
      double value = (pixels[i] & 0xff) * strength * (1 + right * x + down * y);
      value += Math.hypot(GRAIN * strength, NOISE) * random.nextGaussian();
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
  }

  private static Rectangle difference(byte[] good, byte[] bad) {
    Rectangle place = new Rectangle(-1, -1);
    for (int i = 0; i < good.length; i++) {
      if (Math.abs((good[i] & 0xff) - (bad[i] & 0xff)) > 12) {
        Rectangle pixel = new Rectangle(i % SIDE, i / SIDE, 1, 1);
        place = place.isEmpty() ? pixel : place.union(pixel);
      }
    }
    return place;
  }

  private static Color grey(int value) {
    return new Color(value, value, value);
  }
}
