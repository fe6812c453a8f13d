package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every border would have made of the scores: the points of the ROC and of the
 * precision-recall curve, from the strictest border to the laxest.
 */
public record RankingCurve(List<Point> points) {
  public RankingCurve {
    points = List.copyOf(points);
  }

  /**
   * One border.
   *
   * @param border a row alarms when its score is at least this
   * @param falsePositiveRate share of normal rows that alarm
   * @param recall share of anomalous rows that alarm: the true-positive rate
   * @param precision share of alarms that are right
   */
  public record Point(double border, double falsePositiveRate, double recall, double precision) {}

  /**
   * A point per distinct score; empty when the labels are all equal.
   *
   * @throws IllegalArgumentException when the lengths differ or a score is NaN
   */
  public static Optional<RankingCurve> of(double[] scores, boolean[] anomalous) {
    Ranking ranking = Ranking.of(scores, anomalous);
    long normals = scores.length - ranking.anomalies();
    if (ranking.anomalies() == 0 || normals == 0) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    long rows = 0;
    long found = 0;
    for (Ranking.Tie tie : ranking.ties()) {
      rows += tie.rows();
      found += tie.anomalies();
      points.add(
          new Point(
              tie.score(),
              Ratios.ofOrZero(rows - found, normals),
              Ratios.ofOrZero(found, ranking.anomalies()),
              Ratios.ofOrZero(found, rows)));
    }
    return Optional.of(new RankingCurve(points));
  }

  /**
   * The same curve drawn with fewer points: one per step of recall and of the false-positive rate.
   *
   * @param steps into which each of the two is divided
   */
  public RankingCurve thinned(int steps) {
    requireArgument(steps >= 1, "steps must be positive, got %s", steps);
    List<Point> kept = new ArrayList<>();
    long lastCell = -1;
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      long column = (long) (point.falsePositiveRate() * steps);
      long line = (long) (point.recall() * steps);
      long cell = column * (steps + 1L) + line;
      if (cell != lastCell || i == points.size() - 1) {
        kept.add(point);
      }
      lastCell = cell;
    }
    return new RankingCurve(kept);
  }
}
