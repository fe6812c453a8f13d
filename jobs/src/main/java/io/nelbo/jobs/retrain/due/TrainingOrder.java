package io.nelbo.jobs.retrain.due;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.train.TrainingSpan;
import java.util.Optional;

/**
 * One span to be decided about.
 *
 * @param span every record kept of it
 * @param trigger {@code first}, {@code schedule} or {@code drift}
 * @param changedBefore the bucket in which most series had changed at the review before; MIN_VALUE
 *     for none
 * @param ownLast the last activation of this job, which may not be readable in the topic yet
 */
public record TrainingOrder(
    TrainingSpan span, String trigger, long changedBefore, Optional<ModelNotice> ownLast) {
  /** Trigger of the first model. */
  public static final String FIRST = "first";

  /** Trigger of a slide's end. */
  public static final String SCHEDULE = "schedule";

  /** Trigger between two slides. */
  public static final String DRIFT = "drift";

  public boolean isDrift() {
    return trigger.equals(DRIFT);
  }

  boolean isSchedule() {
    return trigger.equals(SCHEDULE);
  }

  public boolean isFirst() {
    return trigger.equals(FIRST);
  }
}
