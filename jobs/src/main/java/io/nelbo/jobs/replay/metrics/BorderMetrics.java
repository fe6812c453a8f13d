package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Optional;

/** What a border makes of scores: a row alarms when its score is at least the border. */
public final class BorderMetrics {
  private BorderMetrics() {}

  /**
   * The border that serves F1 best, chosen with the labels in hand: an upper bound, not what a user
   * gets.
   */
  public record Best(double border, Confusion confusion) {}

  /** Which rows alarm. */
  public static boolean[] alarms(double[] scores, double border) {
    boolean[] alarmed = new boolean[scores.length];
    for (int row = 0; row < scores.length; row++) {
      requireArgument(!Double.isNaN(scores[row]), "score %s must be a number, got NaN", row);
      alarmed[row] = scores[row] >= border;
    }
    return alarmed;
  }

  public static Confusion atBorder(double[] scores, boolean[] anomalous, double border) {
    return Confusion.of(alarms(scores, border), anomalous);
  }

  /** Tries every distinct score as the border; empty when no row is anomalous. */
  public static Optional<Best> bestF1(double[] scores, boolean[] anomalous) {
    Ranking ranking = Ranking.of(scores, anomalous);
    Optional<Best> best = Optional.empty();
    long rows = 0;
    long found = 0;
    for (Ranking.Tie tie : ranking.ties()) {
      rows += tie.rows();
      found += tie.anomalies();
      Confusion confusion =
          new Confusion(
              found,
              rows - found,
              ranking.anomalies() - found,
              scores.length - rows - (ranking.anomalies() - found));
      if (confusion.f1() > best.map(sofar -> sofar.confusion().f1()).orElse(0.0)) {
        best = Optional.of(new Best(tie.score(), confusion));
      }
    }
    return best;
  }
}
