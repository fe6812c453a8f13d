package io.nelbo.jobs.serve;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.AlarmBudget;
import java.io.Serializable;

/**
 * How accepted models are opened.
 *
 * @param budget how many false alarms there may be
 * @param minObserved least share of the newest record's features that must be observed, in (0, 1]
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:<index>}
 */
public record ServingSettings(AlarmBudget budget, double minObserved, String device)
    implements Serializable {
  public ServingSettings {
    requireArgument(
        minObserved > 0 && minObserved <= 1, "minObserved must lie in (0, 1], got %s", minObserved);
  }

  /** The same on a device that was chosen. */
  ServingSettings on(String chosen) {
    return new ServingSettings(budget, minObserved, chosen);
  }
}
