package io.nelbo.jobs.demo.view;

import io.nelbo.schemas.ImageReference;
import io.nelbo.schemas.Region;

/** Says where in a frame a region lies. */
final class RegionWords {
  private static final String[] DOWN = {"upper", "middle", "lower"};
  private static final String[] ACROSS = {"left", "middle", "right"};

  private RegionWords() {}

  /** Like {@code upper left, 12 x 5 pixels at (10, 8)}. */
  static String of(Region region, ImageReference image) {
    String down = DOWN[third(region.getCentreY(), image.getHeight())];
    String across = ACROSS[third(region.getCentreX(), image.getWidth())];
    return "%s, %d x %d pixels at (%d, %d)"
        .formatted(
            down.equals(across) ? "in the middle" : down + " " + across,
            region.getWidth(),
            region.getHeight(),
            region.getX(),
            region.getY());
  }

  private static int third(double place, int length) {
    return Math.max(0, Math.min(2, (int) (3 * place / length)));
  }
}
