package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * What {@link EpisodeRates} are made of, for the manifest.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 *
 * @param gapMillis event time without an exceedance that ended an episode
 * @param seriesDays for how long the held-out records watched, summed over series, in days
 * @param statistics borders in nats, strictly ascending; the last is the largest held-out statistic
 * @param episodes at most so many episodes opened at each border or at a higher one; descending
 * @param tailThreshold where the tail of the episodes' worst begins, in nats
 * @param tailShape of the generalised-Pareto tail, in [0, 0.5]
 * @param tailScale of the generalised-Pareto tail, in nats
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared as a record
public record EpisodeTable(
    long gapMillis,
    double seriesDays,
    double[] statistics,
    long[] episodes,
    double tailThreshold,
    double tailShape,
    double tailScale) {
  public EpisodeTable {
    requireArgument(gapMillis > 0, "gapMillis must be positive, got %s", gapMillis);
    requireArgument(
        seriesDays > 0 && Double.isFinite(seriesDays),
        "seriesDays must be finite and positive, got %s",
        seriesDays);
    requireArgument(
        statistics.length > 0 && statistics.length == episodes.length,
        "episodes need one count per border and at least one, got %s and %s",
        statistics.length,
        episodes.length);
    for (int knot = 0; knot < statistics.length; knot++) {
      requireArgument(
          Double.isFinite(statistics[knot]),
          "border %s must be finite, got %s",
          knot,
          statistics[knot]);
      requireArgument(
          knot == 0
              || (statistics[knot] > statistics[knot - 1] && episodes[knot] < episodes[knot - 1]),
          "borders must ascend and episodes descend, they do not at %s",
          knot);
    }
    requireArgument(
        episodes[episodes.length - 1] >= 1,
        "episodes must fall to at least 1, got %s",
        episodes[episodes.length - 1]);
    requireArgument(
        Double.isFinite(tailThreshold) && tailThreshold <= statistics[statistics.length - 1],
        "tailThreshold must be finite and at most the largest border %s, got %s",
        statistics[statistics.length - 1],
        tailThreshold);
    requireArgument(
        tailShape >= 0 && tailShape <= 0.5, "tailShape must lie in [0, 0.5], got %s", tailShape);
    requireArgument(
        tailScale > 0 && Double.isFinite(tailScale),
        "tailScale must be finite and positive, got %s",
        tailScale);
  }
}
