package io.nelbo.model.gate;

/** Faults that sensors have, planted into normal windows to see who notices. */
enum FaultKind {
  /** The newest value of one feature lies five units off. */
  SPIKE,
  /** The newest half of one feature lies three units off. */
  LEVEL_SHIFT,
  /** The newest half of one feature repeats a value of some time before. */
  STUCK,
  /** The newest half of two features is exchanged, each in units of its own. */
  SWAPPED,
  /** The newest half of one feature has noise of three units on it. */
  NOISY
}
