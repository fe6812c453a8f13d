package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Observation;
import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * Which windows show where they lie in the latent space: a function of the record's place alone.
 *
 * @param share of the normal records, in [0, 1]
 * @param anomalousShare of the anomalous ones
 */
public record LatentSample(double share, double anomalousShare) implements Serializable {
  /** As production has it. */
  public static final LatentSample NONE = new LatentSample(0, 0);

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  boolean wants(Observation record, boolean anomalous) {
    double wanted = anomalous ? anomalousShare : share;
    return wanted > 0
        && new SplittableRandom(record.partition() * GOLDEN + record.offset()).nextDouble()
            < wanted;
  }
}
