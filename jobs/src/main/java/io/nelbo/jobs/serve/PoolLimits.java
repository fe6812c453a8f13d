package io.nelbo.jobs.serve;

import static io.nelbo.model.Preconditions.requireArgument;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a pool lets wait, and how much it holds.
 *
 * @param loadTimeout that one model is waited for in all; zero for not at all
 * @param mostOpen detectors that stay open when none is in use
 */
public record PoolLimits(Duration loadTimeout, int mostOpen) implements Serializable {
  public PoolLimits {
    requireArgument(
        !loadTimeout.isNegative(), "loadTimeout must not be negative, got %s", loadTimeout);
    requireArgument(mostOpen > 0, "mostOpen must be positive, got %s", mostOpen);
  }
}
