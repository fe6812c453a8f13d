package io.nelbo.jobs.demo.line;

import java.awt.Rectangle;
import java.time.Instant;

/**
 * One bad part; the truth that the demo is judged by.
 *
 * @param time of its only frame
 * @param place the smallest rectangle around the pixels that it changes
 */
public record PlantedDefect(DefectKind kind, String camera, Instant time, Rectangle place) {
  public PlantedDefect {
    place = new Rectangle(place);
  }

  @Override
  public Rectangle place() {
    return new Rectangle(place);
  }

  /** Whether a point of the frame lies in it, or within a pixel of it. */
  public boolean isPointedAtBy(double x, double y) {
    return x >= place.x - 1
        && x <= place.x + place.width + 1
        && y >= place.y - 1
        && y <= place.y + place.height + 1;
  }
}
