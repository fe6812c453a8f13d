package io.nelbo.model.scale;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * Centre and scale of each column, in raw units: {@code scaled = (raw - centre) / scale}.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 *
 * @param centre finite, one per column
 * @param scale finite and positive, one per column
 */
@SuppressWarnings("ArrayRecordComponent") // read once per record in hot code, never compared
public record FeatureScale(double[] centre, double[] scale) {
  public FeatureScale {
    requireArgument(
        centre.length == scale.length,
        "centre and scale must have one value per column, got %s and %s",
        centre.length,
        scale.length);
    for (int column = 0; column < centre.length; column++) {
      requireArgument(
          Double.isFinite(centre[column]),
          "centre of column %s must be finite, got %s",
          column,
          centre[column]);
      requireArgument(
          scale[column] > 0 && Double.isFinite(scale[column]),
          "scale of column %s must be finite and positive, got %s",
          column,
          scale[column]);
    }
  }

  /** Leaves so many values as they are. */
  public static FeatureScale identity(int columns) {
    requireArgument(columns >= 0, "columns must not be negative, got %s", columns);
    double[] ones = new double[columns];
    Arrays.fill(ones, 1);
    return new FeatureScale(new double[columns], ones);
  }

  /** Whether it leaves all values as they are. */
  boolean isIdentity() {
    return Arrays.stream(centre).allMatch(one -> one == 0)
        && Arrays.stream(scale).allMatch(one -> one == 1);
  }

  /** Values per record, features and context. */
  public int columns() {
    return centre.length;
  }

  /** The same with values from this one on left as they are. */
  FeatureScale withoutScale(int from) {
    if (from == centre.length) {
      return this;
    }
    double[] centres = Arrays.copyOf(Arrays.copyOf(centre, from), centre.length);
    double[] scales = scale.clone();
    Arrays.fill(scales, from, scales.length, 1);
    return new FeatureScale(centres, scales);
  }
}
