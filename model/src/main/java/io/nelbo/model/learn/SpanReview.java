package io.nelbo.model.learn;

import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.TrainingSpan;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a span is an example of the normal, by the incumbent's p-values.
 *
 * <p>A fault in under half of the series leaves these series out of the bucket that it lies in. A
 * change in at least half of them is a fault, too, while it has not lasted: in the last quarter of
 * one bucket, and then in all but one quarter of the next, the last among them. Then it is a new
 * normal, and the rows stay; a disturbance that passes, be it across the border of two buckets, is
 * none. Of what is left, a few single rows are not fitted to; calibration keeps them.
 *
 * @param slides the buckets
 * @param leftOut pieces that are no part of the span: neither fitted, nor calibrated on, nor
 *     compared
 * @param alarmed single rows that alarm, the strangest first; none in a new normal, which is not
 *     cut into
 * @param changedInARow slides in a row in which most series have changed, where that is learned as
 *     the new normal; 0 where none is
 * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
 */
public record SpanReview(
    Slides slides,
    Set<Piece> leftOut,
    List<FitExclusion.Row> alarmed,
    int changedInARow,
    long changedBucket) {
  /** One series in one bucket. */
  public record Piece(String series, long bucket) {}

  public SpanReview {
    leftOut = Set.copyOf(leftOut);
    alarmed = List.copyOf(alarmed);
  }

  /**
   * Reviews a span.
   *
   * @param changedBefore the bucket in which most series had changed when the span before was
   *     reviewed; MIN_VALUE for none
   */
  public static SpanReview of(
      TrainingSpan span, IncumbentScores scores, Slides slides, long changedBefore) {
    return new FaultSearch(slides, scores, changedBefore).search(span);
  }

  /** Share of alarms in a piece above which they are a fault, unless the asked rate is high. */
  public static double faultShare() {
    return AlarmCount.FAULT_SHARE;
  }

  /** Whether rows are trained on although most series have changed: they are the new normal. */
  public boolean isRegimeChange() {
    return changedInARow > 0;
  }

  /** Whether the record is no part of the span. */
  public boolean leavesOut(String series, long timeMillis) {
    return leftOut.contains(new Piece(series, slides.bucketOf(timeMillis)));
  }

  /** Names of the series that are left out of at least one bucket. */
  public SortedSet<String> seriesLeftOut() {
    SortedSet<String> names = new TreeSet<>();
    leftOut.forEach(piece -> names.add(piece.series()));
    return names;
  }

  /** Single rows that are not fitted to, if they are few enough. */
  public FitExclusion notFitted() {
    return FitExclusion.of(alarmed);
  }
}
