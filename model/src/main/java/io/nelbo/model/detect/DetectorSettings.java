package io.nelbo.model.detect;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.AlarmBudget;

/**
 * What the operator chooses; everything else travels in the artifact.
 *
 * @param budget how many false alarms there may be
 * @param minObserved least share of the newest record's features that must be observed, in (0, 1]
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:<index>}
 */
public record DetectorSettings(AlarmBudget budget, double minObserved, String device) {
  public DetectorSettings {
    requireArgument(
        minObserved > 0 && minObserved <= 1, "minObserved must lie in (0, 1], got %s", minObserved);
  }

  /** With a share of normal records that may alarm, in (0, 0.5). */
  public DetectorSettings(double falseAlarmRate, double minObserved, String device) {
    this(new AlarmBudget.RecordRate(falseAlarmRate), minObserved, device);
  }
}
