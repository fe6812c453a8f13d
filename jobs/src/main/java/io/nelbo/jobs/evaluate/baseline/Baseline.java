package io.nelbo.jobs.evaluate.baseline;

import java.util.List;

/**
 * A detector without training worth the name: hard to beat on several public sets, so that it keeps
 * everybody honest. Missing values (NaN) count as the training mean.
 */
public interface Baseline {
  /** Lower-case, as reports name it. */
  String name();

  /**
   * Fits to rows, which are kept and must not change.
   *
   * @param rows at least two, raw features, all of one length
   */
  Fitted fit(float[][] rows);

  /** Scores rows; thread-safe unless said otherwise. */
  interface Fitted {
    /** Says that the row was not fitted to. */
    int NEW = -1;

    /**
     * Higher is stranger.
     *
     * @param fittedAs its position in the rows that were fitted to, or {@link #NEW}
     */
    double score(float[] row, int fittedAs);
  }

  /**
   * One of each.
   *
   * @param seed of the random scores
   */
  static List<Baseline> all(long seed) {
    return List.of(
        new ScaledNorm(),
        new Mahalanobis(),
        new PrincipalComponents(),
        new NearestNeighbours(),
        new RandomScores(seed));
  }
}
