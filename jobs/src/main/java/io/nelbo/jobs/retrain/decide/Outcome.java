package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.gate.GateOutcome;
import java.util.List;

/** How an order ended. */
public sealed interface Outcome {
  TrainingOrder order();

  /**
   * A model came of it and the gate has judged.
   *
   * @param heldOutNegativeElbo of the candidate, nats of raw features
   * @param governed whether a model governs already, be it that a person let it
   * @param remarks what a person should know, in words
   * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
   */
  record Judged(
      TrainingOrder order,
      PublishedArtifact artifact,
      double heldOutNegativeElbo,
      GateOutcome gate,
      boolean governed,
      List<String> remarks,
      long changedBucket)
      implements Outcome {
    public Judged {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Too few of its records are examples of the normal.
   *
   * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
   */
  record Skipped(TrainingOrder order, String reason, long changedBucket) implements Outcome {}

  /** No model came of it. */
  record Failed(TrainingOrder order, String reason) implements Outcome {}
}
