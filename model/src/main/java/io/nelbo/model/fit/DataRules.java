package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.LikelihoodSpec;

/**
 * How the records of a span are taken, by whichever family.
 *
 * @param windowLength records per window, 1 to 512
 * @param scaleBySeries centre and scale each series on its own, shrunk to the global values
 * @param deviationFloor least standard deviation per scaled feature; under {@link
 *     LikelihoodSpec#GAUSSIAN_FIXED} there is no other, it is the deviation itself
 * @param trim share of the worst windows that is left out of fitting (of each batch, where there
 *     are batches), in [0, 1); 0 for a span that is known to be clean
 * @param frames where the records are frames
 */
public record DataRules(
    int windowLength,
    boolean scaleBySeries,
    double deviationFloor,
    double trim,
    FrameRules frames) {
  public DataRules {
    requireArgument(
        windowLength >= 1 && windowLength <= 512,
        "windowLength must lie in 1..512, got %s",
        windowLength);
    requireArgument(deviationFloor > 0, "deviationFloor must be positive, got %s", deviationFloor);
    requireArgument(trim >= 0 && trim < 1, "trim must lie in [0, 1), got %s", trim);
  }

  /** Frames, if there are any, are taken as usual. */
  public DataRules(int windowLength, boolean scaleBySeries, double deviationFloor, double trim) {
    this(windowLength, scaleBySeries, deviationFloor, trim, FrameRules.USUAL);
  }

  /** The same for other windows. */
  public DataRules withWindowLength(int other) {
    return new DataRules(other, scaleBySeries, deviationFloor, trim, frames);
  }

  /** The same with series scaled on their own, or all alike. */
  public DataRules withScaleBySeries(boolean other) {
    return new DataRules(windowLength, other, deviationFloor, trim, frames);
  }

  /** The same with another share left out. */
  public DataRules withTrim(double other) {
    return new DataRules(windowLength, scaleBySeries, deviationFloor, other, frames);
  }

  /** The same with frames that are taken otherwise. */
  public DataRules withFrames(FrameRules other) {
    return new DataRules(windowLength, scaleBySeries, deviationFloor, trim, other);
  }
}
