package io.nelbo.jobs.retrain;

import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What of a span is an example of the normal, by the incumbent's p-values. Pure.
 *
 * <p>A fault in under half of the series leaves these series out of the bucket that it lies in. A
 * change in at least half of them is a fault, too, while it has lasted for one bucket; in the
 * second it is a new normal, and the rows stay. Of what is left, a few single rows are not fitted
 * to; calibration keeps them.
 *
 * <p>Normal records alarm as well, a whole cluster of them where the machine has a memory. To leave
 * out what chance explains would cut the calibration by score, and the border would come down with
 * every retraining. So the alarms of a piece must be more than such clusters make up (of the
 * expected number of clusters, Poisson, with exponential lengths: the mean, three deviations, and a
 * cluster that one in a thousand exceeds), or as many must be a hundred times rarer than the
 * border, which hardly any cluster of normal records comes to.
 */
final class SpanReview {
  /** The event's word for a change that is learned. */
  static final String REGIME_CHANGE = "REGIME_CHANGE";

  /** Share of alarms in a series and bucket above which it is a fault and no chance. */
  private static final double FAULT_SHARE = 0.05;

  /** The same in multiples of the asked rate, where that one is high. */
  private static final double FAULT_RATES = 5;

  /** Share of the rows that may be left out of the fit one by one. */
  private static final double SINGLE_SHARE = 0.05;

  private static final double RARER = 0.01;
  private static final double DEVIATIONS = 3;
  private static final double ONE_IN_A_THOUSAND = Math.log(1000);

  private static final int LEAST_ROWS = 16;
  private static final int MOST_NAMES = 5;

  private record Piece(String series, long bucket) {}

  private record Row(String series, long timeMillis) {}

  private static final class Count {
    private int rows;
    private int alarms;
    private int rare;
  }

  private final Slides slides;
  private final Set<Piece> leftOut = new HashSet<>();
  private final Set<Row> notFitted = new HashSet<>();
  private final List<String> remarks = new ArrayList<>();
  private long changedBucket = Long.MIN_VALUE;

  private SpanReview(Slides slides) {
    this.slides = slides;
  }

  /**
   * Reviews a span.
   *
   * @param changedBefore the bucket in which most series had changed when the span before was
   *     reviewed; MIN_VALUE for none
   */
  static SpanReview of(
      TrainingSpan span, IncumbentScores scores, Slides slides, long changedBefore) {
    SpanReview review = new SpanReview(slides);
    review.judgeBuckets(review.count(span, scores), scores, changedBefore);
    review.chooseSingleRows(span, scores);
    return review;
  }

  private Map<Long, Map<String, Count>> count(TrainingSpan span, IncumbentScores scores) {
    Map<Long, Map<String, Count>> buckets = new TreeMap<>();
    forEach(
        span,
        scores,
        (series, time, pValue) -> {
          Count count =
              buckets
                  .computeIfAbsent(slides.bucketOf(time), bucket -> new TreeMap<>())
                  .computeIfAbsent(series, name -> new Count());
          count.rows++;
          count.alarms += pValue <= scores.border() ? 1 : 0;
          count.rare += pValue <= RARER * scores.border() ? 1 : 0;
        });
    return buckets;
  }

  private void judgeBuckets(
      Map<Long, Map<String, Count>> buckets, IncumbentScores scores, long changedBefore) {
    long changed = changedBefore;
    int learned = 0;
    for (Map.Entry<Long, Map<String, Count>> bucket : buckets.entrySet()) {
      Set<String> off = new TreeSet<>();
      bucket
          .getValue()
          .forEach(
              (series, count) -> {
                if (count.rows >= LEAST_ROWS && isFault(count, scores)) {
                  off.add(series);
                }
              });
      boolean majority = !off.isEmpty() && 2 * off.size() >= bucket.getValue().size();
      if (majority && changed == bucket.getKey() - 1) {
        learned++;
        keepAgain(changed);
      } else {
        off.forEach(series -> leftOut.add(new Piece(series, bucket.getKey())));
      }
      if (majority) {
        changed = bucket.getKey();
        changedBucket = changed;
      }
    }
    remark(learned);
  }

  private static boolean isFault(Count count, IncumbentScores scores) {
    double border = scores.border();
    double most = Math.max(FAULT_SHARE, FAULT_RATES * border) * count.rows;
    double clusters = count.rows * border / scores.clusterLength();
    double byChance = clusters + DEVIATIONS * Math.sqrt(2 * clusters) + ONE_IN_A_THOUSAND;
    return count.rare > most
        || (count.alarms > most && count.alarms > byChance * scores.clusterLength());
  }

  /** What looked like a fault of most series has lasted: it is the new normal from its start on. */
  private void keepAgain(long bucket) {
    leftOut.removeIf(piece -> piece.bucket() == bucket);
  }

  private void remark(int learned) {
    if (learned > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%s: at least half of the series have changed for %d slides in a row, their rows"
                  + " are trained on",
              REGIME_CHANGE,
              learned + 1));
    }
    Set<String> names = new TreeSet<>();
    leftOut.forEach(piece -> names.add(piece.series()));
    if (!names.isEmpty()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "left out for faults, where more than %.0f %% of the rows alarm: %s",
              100 * FAULT_SHARE,
              names(names)));
    }
  }

  private static String names(Set<String> names) {
    List<String> shown = names.stream().limit(MOST_NAMES).toList();
    String more =
        names.size() > MOST_NAMES ? " and %s more".formatted(names.size() - MOST_NAMES) : "";
    return String.join(", ", shown) + more;
  }

  /** The strangest of those that alarm, a few at most; a new normal is not cut into. */
  private void chooseSingleRows(TrainingSpan span, IncumbentScores scores) {
    record Alarm(Row row, double pValue) {}
    List<Alarm> alarms = new ArrayList<>();
    long[] rows = {0};
    forEach(
        span,
        scores,
        (series, time, pValue) -> {
          if (!leavesOut(series, time)) {
            rows[0]++;
            if (pValue <= scores.border()) {
              alarms.add(new Alarm(new Row(series, time), pValue));
            }
          }
        });
    alarms.sort(
        Comparator.comparingDouble(Alarm::pValue)
            .thenComparing(alarm -> alarm.row().series())
            .thenComparingLong(alarm -> alarm.row().timeMillis()));
    if (isRegimeChange()) {
      return;
    }
    alarms.stream()
        .limit((long) (SINGLE_SHARE * rows[0]))
        .forEach(alarm -> notFitted.add(alarm.row()));
  }

  @FunctionalInterface
  private interface Scored {
    void accept(String series, long timeMillis, double pValue);
  }

  private static void forEach(TrainingSpan span, IncumbentScores scores, Scored consumer) {
    for (int index = 0; index < span.segments().size(); index++) {
      Segment segment = span.segments().get(index);
      double[] pValues = scores.pValues().get(index);
      for (int row = 0; row < pValues.length; row++) {
        if (!Double.isNaN(pValues[row])) {
          consumer.accept(segment.series(), segment.eventTimeMillis()[row], pValues[row]);
        }
      }
    }
  }

  private boolean isRegimeChange() {
    return remarks.stream().anyMatch(remark -> remark.startsWith(REGIME_CHANGE));
  }

  /** Whether the record is no part of the span: neither fitted, nor calibrated on, nor compared. */
  boolean leavesOut(String series, long timeMillis) {
    return leftOut.contains(new Piece(series, slides.bucketOf(timeMillis)));
  }

  /** Single rows that are not fitted to. */
  FitExclusion notFitted() {
    return (series, timeMillis) -> notFitted.contains(new Row(series, timeMillis));
  }

  int notFittedRows() {
    return notFitted.size();
  }

  /** The last bucket in which most series had changed; MIN_VALUE for none. */
  long changedBucket() {
    return changedBucket;
  }

  /** In words, for the announcement. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }
}
