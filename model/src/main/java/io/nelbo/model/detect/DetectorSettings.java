package io.nelbo.model.detect;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * What the operator chooses; everything else travels in the artifact.
 *
 * @param falseAlarmRate share of normal records that may alarm, in (0, 0.5)
 * @param minObserved least share of the newest record's features that must be observed, in (0, 1]
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:<index>}
 */
public record DetectorSettings(double falseAlarmRate, double minObserved, String device) {
  public DetectorSettings {
    requireArgument(
        falseAlarmRate > 0 && falseAlarmRate < 0.5,
        "falseAlarmRate must lie in (0, 0.5), got %s",
        falseAlarmRate);
    requireArgument(
        minObserved > 0 && minObserved <= 1, "minObserved must lie in (0, 1], got %s", minObserved);
  }
}
