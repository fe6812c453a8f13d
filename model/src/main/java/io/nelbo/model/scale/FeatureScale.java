package io.nelbo.model.scale;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * Centre and scale of each feature, in raw units: {@code scaled = (raw - centre) / scale}.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 *
 * @param centre finite, one per feature
 * @param scale finite and positive, one per feature
 */
@SuppressWarnings("ArrayRecordComponent") // read once per record in hot code, never compared
public record FeatureScale(double[] centre, double[] scale) {
  public FeatureScale {
    requireArgument(
        centre.length == scale.length,
        "centre and scale must have one value per feature, got %s and %s",
        centre.length,
        scale.length);
    for (int feature = 0; feature < centre.length; feature++) {
      requireArgument(
          Double.isFinite(centre[feature]),
          "centre of feature %s must be finite, got %s",
          feature,
          centre[feature]);
      requireArgument(
          scale[feature] > 0 && Double.isFinite(scale[feature]),
          "scale of feature %s must be finite and positive, got %s",
          feature,
          scale[feature]);
    }
  }

  public int features() {
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
