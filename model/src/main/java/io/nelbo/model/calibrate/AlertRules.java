package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.time.Duration;

/**
 * What becomes of scores before anybody is told: calibration counts alarms as alerting does.
 *
 * @param episodeGap event time without an anomaly that ends an episode, positive
 * @param smooth records whose mean alarms too, in 1..512; 1 lets each speak for itself
 */
public record AlertRules(Duration episodeGap, int smooth) {
  /** As the configuration has them by default. */
  public static final AlertRules DEFAULT = new AlertRules(Duration.ofMinutes(10));

  public AlertRules {
    requireArgument(
        !episodeGap.isNegative() && episodeGap.toMillis() > 0,
        "episodeGap must be positive, got %s",
        episodeGap);
    SmoothedCalibration.requireSmooth(smooth);
  }

  /** Without smoothing. */
  public AlertRules(Duration episodeGap) {
    this(episodeGap, 1);
  }
}
