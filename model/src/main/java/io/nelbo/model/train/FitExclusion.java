package io.nelbo.model.train;

/**
 * Records that are not fitted to, though they stop the fitting and calibrate like all others:
 * cutting a calibration by score would make the alarm rate run away.
 */
@FunctionalInterface
public interface FitExclusion {
  /** Fits to all records. */
  FitExclusion NONE = (series, eventTimeMillis) -> false;

  /** Whether windows that end with this record are left out of the fit. */
  boolean excludes(String series, long eventTimeMillis);
}
