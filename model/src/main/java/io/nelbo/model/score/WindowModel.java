package io.nelbo.model.score;

import io.nelbo.model.calibrate.FeatureLosses;
import java.util.List;

/**
 * What scores: a network with its weights, or anything else that says how strange the newest record
 * of a window is. It is given scaled windows, row after row, each with its oldest record first and
 * NaN where a value is missing.
 *
 * <p>A row's score depends on that row alone, to the bit, whatever batch it comes in. Owns native
 * memory, if it has any; whoever opened it closes it. One thread at a time.
 */
public interface WindowModel extends AutoCloseable {
  /**
   * Names of what ranks beside the negative ELBO, each to be calibrated for itself; empty when the
   * {@link ScoredRows#statistic statistic} is what ranks.
   */
  default List<String> channels() {
    return List.of();
  }

  /** Reconstruction and divergence of each row; valid until the next call. */
  ScoredRows score(float[] scaled, int rows);

  /** What is expected of the newest record of each row. */
  List<Expectation> expect(float[] scaled, int rows);

  /**
   * Bounds of {@code -log p} of each row with fresh noise: for reported figures. Unlike a score, a
   * row's bounds may depend on its place among the rows.
   *
   * @param samples draws per window, where there is anything to draw
   */
  List<Bounds> bounds(float[] scaled, int rows, int samples, long seed);

  /** Means of the posterior, {@code rows x latent}: whether a dimension carries anything. */
  float[] posteriorMeans(float[] scaled, int rows);

  /** What each feature of the newest record adds to the loss. */
  FeatureLosses featureLosses(float[] scaled, int rows);

  /**
   * Where each frame is not what was expected.
   *
   * @throws UnsupportedOperationException when the records are no frames
   */
  default List<HeatMap> heatMaps(float[] frames, int rows) {
    throw new UnsupportedOperationException("only frames have places");
  }

  /**
   * Scores {@link Probes}: the first real batch does not pay for lazy loading, and weights that
   * overflow are found before they meet a record.
   *
   * @throws IllegalArgumentException when a result is not a finite number
   */
  void warmUp();

  @Override
  void close();
}
