package io.nelbo.model.gate;

import java.util.List;

/** Faults that sensors and scenes have, planted into normal windows to see who notices. */
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
  NOISY,
  /** A round spot, darker or brighter than the frame. */
  BLOT,
  /** A straight line, darker or brighter than the frame. */
  SCRATCH,
  /** A rectangle of nothing but the frame's mean. */
  MISSING_PART,
  /** All of the frame lies an eighth of its side elsewhere. */
  DISPLACED,
  /** A soft spot of other light. */
  LOCAL_LIGHT;

  static final List<FaultKind> OF_SENSORS = List.of(SPIKE, LEVEL_SHIFT, STUCK, SWAPPED, NOISY);

  static final List<FaultKind> OF_FRAMES =
      List.of(BLOT, SCRATCH, MISSING_PART, DISPLACED, LOCAL_LIGHT);
}
