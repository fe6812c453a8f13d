package io.nelbo.model.score;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Where a frame is not what was expected, in units of the map's own border: from 1.0 on a place is
 * stranger than almost all normal frames are anywhere, whichever frame it is.
 *
 * <p>It is coarser than the frame; its cells cover the whole of it.
 *
 * @param height rows
 * @param width columns
 * @param values row after row, not negative
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record HeatMap(int height, int width, float[] values) {
  public HeatMap {
    requireArgument(
        height > 0 && width > 0 && values.length == height * width,
        "a map of %s x %s must hold as many values, got %s",
        height,
        width,
        values.length);
    for (float value : values) {
      requireArgument(
          value >= 0 && value <= Float.MAX_VALUE,
          "a place of a map is %s, expected a finite number that is not negative",
          value);
    }
  }

  /** From here on a place is strange. */
  public static final float BORDER = 1;

  /** The grey of the border, of 255. */
  public static final int GREY_OF_BORDER = 128;

  private static final int WHITE = 255;

  public float at(int row, int column) {
    return values[row * width + column];
  }

  /**
   * A place as a grey of 0 to 255, the same for the same strangeness in every map: on a scale of
   * square roots, white from four times the border on.
   */
  public int grey(int row, int column) {
    return (int) Math.min(WHITE, Math.round(GREY_OF_BORDER * Math.sqrt(at(row, column))));
  }
}
