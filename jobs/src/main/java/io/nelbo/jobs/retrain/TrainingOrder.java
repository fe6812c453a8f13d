package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.util.Optional;

/**
 * One span to be decided about.
 *
 * @param span every record kept of it
 * @param trigger {@code FIRST}, {@code SCHEDULE} or {@code DRIFT}
 * @param changedBefore the bucket in which most series had changed at the review before; MIN_VALUE
 *     for none
 * @param ownLast the last activation of this job, which may not be readable in the topic yet
 */
record TrainingOrder(
    TrainingSpan span, ModelTrigger trigger, long changedBefore, Optional<ModelNotice> ownLast) {
  /** Trigger of the first model. */
  static final ModelTrigger FIRST = ModelTrigger.FIRST;

  /** Trigger of a slide's end. */
  static final ModelTrigger SCHEDULE = ModelTrigger.SCHEDULE;

  /** Trigger between two slides. */
  static final ModelTrigger DRIFT = ModelTrigger.DRIFT;

  boolean isDrift() {
    return trigger == DRIFT;
  }

  boolean isSchedule() {
    return trigger == SCHEDULE;
  }

  boolean isFirst() {
    return trigger == FIRST;
  }
}
