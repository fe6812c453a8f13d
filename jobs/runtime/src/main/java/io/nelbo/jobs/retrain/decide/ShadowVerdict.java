package io.nelbo.jobs.retrain.decide;

import io.nelbo.model.gate.GateOutcome;

/** What a look at a candidate in shadow has come to. */
public sealed interface ShadowVerdict {
  /** The gate has judged it on the new records. */
  record Judged(GateOutcome gate) implements ShadowVerdict {}

  /**
   * It is in shadow no more.
   *
   * @param reason in words: a person has decided about it, or its artifact is gone
   */
  record Dropped(String reason) implements ShadowVerdict {}

  /**
   * The new records are too few to compare anything: those of the next slide come to them.
   *
   * @param reason in words
   */
  record Postponed(String reason) implements ShadowVerdict {}
}
