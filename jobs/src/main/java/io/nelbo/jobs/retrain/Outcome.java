package io.nelbo.jobs.retrain;

import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.gate.GateOutcome;

/** How an order ended. */
sealed interface Outcome {
  TrainingOrder order();

  /**
   * A model came of it and the gate has judged.
   *
   * @param heldOutNegativeElbo of the candidate, nats of raw features
   * @param governed whether a model governs already, be it that a person let it
   * @param remarks what a person should know
   * @param topicEnd highest offset of the model topic before the gate judged; -1 for none
   * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
   */
  record Judged(
      TrainingOrder order,
      PublishedArtifact artifact,
      double heldOutNegativeElbo,
      GateOutcome gate,
      boolean governed,
      Remarks remarks,
      long changedBucket,
      long topicEnd)
      implements Outcome {}

  /**
   * Too few of its records are examples of the normal.
   *
   * @param remarks why, and what else a person should know
   * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
   */
  record Skipped(TrainingOrder order, Remarks remarks, long changedBucket) implements Outcome {}

  /** No model came of it. */
  record Failed(TrainingOrder order, String reason) implements Outcome {}
}
