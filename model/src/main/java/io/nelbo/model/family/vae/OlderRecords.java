package io.nelbo.model.family.vae;

/** What the network makes of the older records of a window, and how it is told what is missing. */
enum OlderRecords {
  /** As the first format has it: a mask is 1 where a value was observed. */
  MARKED_OBSERVED,

  /** A mask is 1 where a value is missing. */
  MARKED_MISSING,

  /**
   * As {@link #MARKED_MISSING}, and the newest record continues them on a straight line, too: the
   * decoder's mean has a linear part of their values. There a missing value counts as the one
   * before it, for 0 would say that it fell to the mean.
   */
  CONTINUED
}
