package io.nelbo.jobs.retrain;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
 * change in at least half of them is a fault, too, while it has not lasted: in the last quarter of
 * one bucket, and then in all but one quarter of the next, the last among them. Then it is a new
 * normal, and the rows stay; a disturbance that passes, be it across the border of two buckets, is
 * none. Of what is left, a few single rows are not fitted to; calibration keeps them.
 *
 * <p>Normal records alarm as well, a whole cluster of them where the machine has a memory. To leave
 * out what chance explains would cut the calibration by score, and the border would come down with
 * every retraining. So the alarms of a piece must be more than such clusters make up (of the
 * expected number of clusters, Poisson, with exponential lengths: the mean, three deviations, and a
 * cluster that one in a thousand exceeds), or as many must be a hundred times rarer than the
 * border, which hardly any cluster of normal records comes to.
 */
final class SpanReview {
  /** Share of alarms in a series and bucket above which it is a fault and no chance. */
  private static final double FAULT_SHARE = 0.05;

  /** The same in multiples of the asked rate, where that one is high. */
  private static final double FAULT_RATES = 5;

  private static final double RARER = 0.01;
  private static final double DEVIATIONS = 3;
  private static final double ONE_IN_A_THOUSAND = Math.log(1000);

  private static final int LEAST_ROWS = 16;
  private static final int QUARTERS = 4;

  /** A lasting change may pause for one: so may a machine. */
  private static final int MOST_QUIET_QUARTERS = 1;

  private static final int MOST_NAMES = 5;

  private record Piece(String series, long bucket) {}

  private static final class Count {
    private int rows;
    private int alarms;
    private int rare;
    private final int[] rowsOfQuarter = new int[QUARTERS];
    private final int[] alarmsOfQuarter = new int[QUARTERS];

    void add(int quarter, double pValue, double border) {
      int alarm = pValue <= border ? 1 : 0;
      rows++;
      alarms += alarm;
      rare += pValue <= RARER * border ? 1 : 0;
      rowsOfQuarter[quarter]++;
      alarmsOfQuarter[quarter] += alarm;
    }
  }

  private final Slides slides;
  private final Set<Piece> leftOut = new HashSet<>();
  private final List<FitExclusion.Row> alarmed = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private long changedBucket = Long.MIN_VALUE;
  private boolean regimeChange;

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
          count.add(slides.quarterOf(time), pValue, scores.border());
        });
    return buckets;
  }

  private void judgeBuckets(
      Map<Long, Map<String, Count>> buckets, IncumbentScores scores, long changedBefore) {
    long changed = changedBefore;
    int learned = 0;
    for (Map.Entry<Long, Map<String, Count>> bucket : buckets.entrySet()) {
      Set<String> off = new TreeSet<>();
      Map<String, Count> judged = new TreeMap<>(bucket.getValue());
      judged.values().removeIf(count -> count.rows < LEAST_ROWS);
      judged.forEach(
          (series, count) -> {
            if (isFault(count, scores)) {
              off.add(series);
            }
          });
      boolean majority = !off.isEmpty() && 2 * off.size() >= judged.size();
      List<Boolean> quarters = changedQuarters(judged.values(), scores.border());
      boolean toTheEnd = majority && quarters.get(quarters.size() - 1);
      if (toTheEnd
          && changed == bucket.getKey() - 1
          && Collections.frequency(quarters, false) <= MOST_QUIET_QUARTERS) {
        learned++;
        keepAgain(changed);
      } else {
        off.forEach(series -> leftOut.add(new Piece(series, bucket.getKey())));
      }
      if (toTheEnd) {
        changed = bucket.getKey();
        changedBucket = changed;
      }
    }
    remark(learned);
  }

  /**
   * Of each quarter that holds records of a series, whether at least half of these series alarm in
   * it as a fault does. One quarter of one series is too short for the condition about chance: that
   * one is for the whole bucket.
   */
  private static List<Boolean> changedQuarters(Collection<Count> series, double border) {
    List<Boolean> changed = new ArrayList<>();
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      int heard = 0;
      int alarming = 0;
      for (Count count : series) {
        int rows = count.rowsOfQuarter[quarter];
        heard += rows > 0 ? 1 : 0;
        alarming += rows > 0 && count.alarmsOfQuarter[quarter] > most(border) * rows ? 1 : 0;
      }
      if (heard > 0) {
        changed.add(2 * alarming >= heard);
      }
    }
    return changed.isEmpty() ? List.of(false) : changed;
  }

  /** Share of alarms above which it is a fault. */
  private static double most(double border) {
    return Math.max(FAULT_SHARE, FAULT_RATES * border);
  }

  private static boolean isFault(Count count, IncumbentScores scores) {
    double border = scores.border();
    double most = most(border) * count.rows;
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
    regimeChange = learned > 0;
    if (regimeChange) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "REGIME_CHANGE: at least half of the series have changed for %d slides in a row,"
                  + " their rows are trained on",
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

  /** Those that alarm, the strangest first; a new normal is not cut into. */
  private void chooseSingleRows(TrainingSpan span, IncumbentScores scores) {
    record Alarm(FitExclusion.Row row, double pValue) {}
    List<Alarm> alarms = new ArrayList<>();
    if (isRegimeChange()) {
      return;
    }
    forEach(
        span,
        scores,
        (series, time, pValue) -> {
          if (pValue <= scores.border() && !leavesOut(series, time)) {
            alarms.add(new Alarm(new FitExclusion.Row(series, time), pValue));
          }
        });
    alarms.sort(
        Comparator.comparingDouble(Alarm::pValue)
            .thenComparing(alarm -> alarm.row().series())
            .thenComparingLong(alarm -> alarm.row().eventTimeMillis()));
    alarms.forEach(alarm -> alarmed.add(alarm.row()));
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

  /** Whether a change in most series is kept as the new normal. */
  boolean isRegimeChange() {
    return regimeChange;
  }

  /** Whether the record is no part of the span: neither fitted, nor calibrated on, nor compared. */
  boolean leavesOut(String series, long timeMillis) {
    return leftOut.contains(new Piece(series, slides.bucketOf(timeMillis)));
  }

  /** Single rows that are not fitted to, if they are few enough. */
  FitExclusion notFitted() {
    return FitExclusion.of(alarmed);
  }

  int alarmedRows() {
    return alarmed.size();
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
