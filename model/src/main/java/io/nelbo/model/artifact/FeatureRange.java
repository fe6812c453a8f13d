package io.nelbo.model.artifact;

/** What the values of features are to a network. */
public enum FeatureRange {
  /** Real values, scaled feature by feature. */
  SCALED,
  /** In [0, 1], as they come: bits, or grey. */
  UNIT_INTERVAL,
  /** Of pixels, in 0 to 255, as they come. */
  PIXELS
}
