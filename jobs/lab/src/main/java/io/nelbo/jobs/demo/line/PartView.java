package io.nelbo.jobs.demo.line;

import java.awt.Rectangle;
import java.util.Optional;

/**
 * One part under the camera.
 *
 * @param pixels grey, row after row, {@link InspectionLine#SIDE} squared
 * @param defect what is wrong with it, and where; empty for a good one
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record PartView(byte[] pixels, Optional<Defect> defect) {
  /**
   * What is wrong.
   *
   * @param place the smallest rectangle around the pixels that differ from the good part's
   */
  public record Defect(DefectKind kind, Rectangle place) {}
}
