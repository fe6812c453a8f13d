package io.nelbo.jobs.demo.line;

import java.util.Locale;

/** What can be wrong with a part. */
public enum DefectKind {
  /** A thin bright line over the surface. */
  SCRATCH,
  /** A dark spot. */
  BLOT,
  /** One of the holes was never drilled. */
  MISSING_HOLE,
  /** The part lies askew. */
  DISPLACED,
  /** The surface is darker in one place. */
  DISCOLOURATION,
  /** A jagged dark line from the rim inwards. */
  CRACK;

  /** For people. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
