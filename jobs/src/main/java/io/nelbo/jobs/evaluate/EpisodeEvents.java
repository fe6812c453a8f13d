package io.nelbo.jobs.evaluate;

/**
 * The alert policy of the score job as a score per row: a row that opens an episode, or worsens it
 * by half since the last event, has its score squeezed into (0, 1); all others have 0. An episode
 * ends after a gap without anomalies.
 */
final class EpisodeEvents {
  private static final double BORDER = 1.0;
  private static final double WORSE = 1.5;

  private final long gapMillis;
  private long lastAnomalyMillis;
  private double publishedScore;
  private boolean open;

  EpisodeEvents(long gapMillis) {
    this.gapMillis = gapMillis;
  }

  /**
   * Rows must come in the order of time.
   *
   * @param score 1.0 is the border
   */
  double next(long timeMillis, double score) {
    if (score < BORDER) {
      return 0;
    }
    boolean opens = !open || timeMillis - lastAnomalyMillis > gapMillis;
    open = true;
    lastAnomalyMillis = timeMillis;
    if (!opens && score < WORSE * publishedScore) {
      return 0;
    }
    publishedScore = score;
    return score / (1 + score);
  }
}
