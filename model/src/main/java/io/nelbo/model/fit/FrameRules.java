package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How frames are taken, by families that take any; see model/RATIONALE.md for the choice.
 *
 * @param side most rows and columns of what is modelled, a multiple of 16 in 16..256: grain is
 *     noise and costs time
 * @param normalised whether gain and offset are taken out of each frame: its light is not its
 *     content
 * @param mirrored whether training shows frames mirrored left to right too: only where the scene
 *     allows it
 */
public record FrameRules(int side, boolean normalised, boolean mirrored) {
  /** At 32 pixels a side, whatever its light, as it stands. */
  public static final FrameRules USUAL = new FrameRules(32, true, false);

  public FrameRules {
    requireArgument(
        side >= 16 && side <= 256 && side % 16 == 0,
        "side must be a multiple of 16 in 16..256, got %s",
        side);
  }
}
