package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** Order within a series. */
public record OrderConfig(
    @Setting(
            means =
                "event time that a record may lag behind its series' newest; 0s takes the order of"
                    + " the partition",
            fallback = "0s")
        Duration bound,
    @Setting(means = "what becomes of a later record, besides being counted", fallback = "count")
        Late late)
    implements Serializable {
  /** What becomes of a late record; it is counted in any case. */
  public enum Late {
    COUNT,
    DEAD_LETTER
  }
}
