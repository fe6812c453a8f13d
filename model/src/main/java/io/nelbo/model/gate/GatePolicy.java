package io.nelbo.model.gate;

/** How a candidate's density on held-out rows must compare with the incumbent's. */
public enum GatePolicy {
  /** The whole interval of the difference must lie on the candidate's side. */
  BETTER,
  /** The interval must not lie wholly beyond a small tolerance on the incumbent's side. */
  NOT_WORSE,
  /** Whatever can score is accepted. */
  ALWAYS,
  /** Judged as {@link #NOT_WORSE}, but a person activates it. */
  MANUAL
}
