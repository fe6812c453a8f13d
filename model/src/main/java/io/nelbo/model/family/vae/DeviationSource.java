package io.nelbo.model.family.vae;

/** Where the standard deviation of a feature's error comes from. */
enum DeviationSource {
  /** A parameter for each feature. */
  PER_FEATURE,
  /** One parameter for all features. */
  SHARED,
  /** Nothing is learned. */
  FIXED,
  /** The decoder, record by record. */
  DECODER,
  /** Features are bits or grey in [0, 1]: their mean says it all. */
  BITS
}
