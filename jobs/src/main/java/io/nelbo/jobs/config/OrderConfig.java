package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Order within a series.
 *
 * @param bound how far a record may lag behind its series' newest; zero takes partition order
 * @param late what becomes of later ones
 */
public record OrderConfig(Duration bound, Late late) implements Serializable {
  /** What becomes of a late record; it is counted in any case. */
  public enum Late {
    COUNT,
    DEAD_LETTER
  }
}
