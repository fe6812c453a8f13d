package io.nelbo.model.calibrate;

/**
 * The tail of a distribution beyond a threshold (Pickands 1975): {@code P(Y >= y) = (1 + shape y /
 * scale)^(-1 / shape)}, exponential for shape 0.
 *
 * @param shape in [0, 0.5]: heavier than exponential, still of finite variance
 * @param scale in the unit of y, positive
 */
record GeneralisedPareto(double shape, double scale) {
  static final double LARGEST_SHAPE = 0.5;

  /** Exceedances at which the estimated shape and zero weigh the same. */
  private static final double SHRINKAGE = 33;

  /**
   * By L-moments (Hosking and Wallis 1987, Technometrics 29): {@code shape = 2 - l1 / l2}. The
   * shape is then shrunk to 0 by {@code m / (m + 33)}: the estimate's variance is 4/3 / m near 0
   * (their formula), against a spread of 0.2 that one expects of shapes. The scale keeps the mean:
   * {@code scale = l1 (1 - shape)}. Negative shapes become 0: they would claim a largest possible
   * value, beyond which all records would be equally strange.
   *
   * @param exceedances not negative, ascending, not all zero
   * @param effectiveExceedances how many independent ones they are worth (m)
   */
  static GeneralisedPareto fit(double[] exceedances, double effectiveExceedances) {
    int count = exceedances.length;
    double mean = 0;
    double ranked = 0;
    for (int index = 0; index < count; index++) {
      mean += exceedances[index] / count;
      ranked += exceedances[index] / count * (count > 1 ? (double) index / (count - 1) : 0.75);
    }
    double secondMoment = 2 * ranked - mean;
    double estimate = secondMoment > 0 ? 2 - mean / secondMoment : 0;
    double shrunk = estimate * effectiveExceedances / (effectiveExceedances + SHRINKAGE);
    double shape = Math.max(0, Math.min(LARGEST_SHAPE, shrunk));
    return new GeneralisedPareto(shape, mean * (1 - shape));
  }

  /**
   * For exceedances that are all alike (a clipped statistic): the scale comes from the whole range,
   * which is {@code scale * log n} for an exponential; without any range it is one nat: a
   * log-density lower by t nats has a probability of at most about exp(-t).
   */
  static GeneralisedPareto withoutSpread(double range, int sample) {
    return new GeneralisedPareto(0, range > 0 ? range / Math.log(sample + 1.0) : 1);
  }

  /** {@code log P(Y >= y)} for y not negative. */
  double logSurvival(double exceedance) {
    // below 1e-9 the power law is the exponential to more digits than a double holds
    if (shape < 1e-9) {
      return -exceedance / scale;
    }
    return -Math.log1p(shape * exceedance / scale) / shape;
  }

  /** The y of which {@code log P(Y >= y)} is this, at most 0. */
  double exceedance(double logSurvival) {
    if (shape < 1e-9) {
      return -scale * logSurvival;
    }
    return scale * Math.expm1(-shape * logSurvival) / shape;
  }
}
