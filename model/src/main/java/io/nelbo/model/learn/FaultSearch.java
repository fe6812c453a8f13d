package io.nelbo.model.learn;

import io.nelbo.model.learn.SpanReview.Piece;
import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Goes through the buckets of one span, the oldest first. Used once. */
final class FaultSearch {
  /** A lasting change may pause for one: so may a machine. */
  private static final int MOST_QUIET_QUARTERS = 1;

  private final Slides slides;
  private final IncumbentScores scores;
  private final Set<Piece> leftOut = new HashSet<>();
  private long changed;
  private long changedBucket = Long.MIN_VALUE;
  private int learned;

  /**
   * @param changedBefore the bucket in which most series had changed when the span before was
   *     reviewed; MIN_VALUE for none
   */
  FaultSearch(Slides slides, IncumbentScores scores, long changedBefore) {
    this.slides = slides;
    this.scores = scores;
    changed = changedBefore;
  }

  SpanReview search(TrainingSpan span) {
    count(span).forEach((bucket, series) -> judge(bucket, judged(series)));
    return new SpanReview(
        slides, leftOut, singleRows(span), learned == 0 ? 0 : learned + 1, changedBucket);
  }

  private Map<Long, Map<String, AlarmCount>> count(TrainingSpan span) {
    Map<Long, Map<String, AlarmCount>> buckets = new TreeMap<>();
    scores.forEach(
        span,
        (series, time, pValue) ->
            buckets
                .computeIfAbsent(slides.bucketOf(time), bucket -> new TreeMap<>())
                .computeIfAbsent(series, name -> new AlarmCount(scores.border()))
                .add(slides.quarterOf(time), pValue));
    return buckets;
  }

  private static Map<String, AlarmCount> judged(Map<String, AlarmCount> series) {
    Map<String, AlarmCount> judged = new TreeMap<>(series);
    judged.values().removeIf(count -> !count.canBeJudged());
    return judged;
  }

  private void judge(long bucket, Map<String, AlarmCount> series) {
    List<String> off =
        series.entrySet().stream()
            .filter(entry -> entry.getValue().isFault(scores.clusterLength()))
            .map(Map.Entry::getKey)
            .toList();
    boolean majority = !off.isEmpty() && 2 * off.size() >= series.size();
    List<Boolean> quarters = changedQuarters(series.values());
    boolean toTheEnd = majority && quarters.get(quarters.size() - 1);
    if (toTheEnd
        && changed == bucket - 1
        && Collections.frequency(quarters, false) <= MOST_QUIET_QUARTERS) {
      learned++;
      keepAgain(changed);
    } else {
      off.forEach(name -> leftOut.add(new Piece(name, bucket)));
    }
    if (toTheEnd) {
      changed = bucket;
      changedBucket = bucket;
    }
  }

  /**
   * Of each quarter that holds records of a series, whether at least half of these series alarm in
   * it as a fault does.
   */
  private static List<Boolean> changedQuarters(Collection<AlarmCount> series) {
    List<Boolean> changed = new ArrayList<>();
    for (int quarter = 0; quarter < AlarmCount.QUARTERS; quarter++) {
      int heard = 0;
      int alarming = 0;
      for (AlarmCount count : series) {
        heard += count.isHeardIn(quarter) ? 1 : 0;
        alarming += count.isAlarmingIn(quarter) ? 1 : 0;
      }
      if (heard > 0) {
        changed.add(2 * alarming >= heard);
      }
    }
    return changed.isEmpty() ? List.of(false) : changed;
  }

  /** What looked like a fault of most series has lasted: it is the new normal from its start on. */
  private void keepAgain(long bucket) {
    leftOut.removeIf(piece -> piece.bucket() == bucket);
  }

  /** Those that alarm, the strangest first; a new normal is not cut into. */
  private List<FitExclusion.Row> singleRows(TrainingSpan span) {
    record Alarm(FitExclusion.Row row, double pValue) {}
    List<Alarm> alarms = new ArrayList<>();
    if (learned > 0) {
      return List.of();
    }
    scores.forEach(
        span,
        (series, time, pValue) -> {
          if (pValue <= scores.border()
              && !leftOut.contains(new Piece(series, slides.bucketOf(time)))) {
            alarms.add(new Alarm(new FitExclusion.Row(series, time), pValue));
          }
        });
    return alarms.stream()
        .sorted(
            Comparator.comparingDouble(Alarm::pValue)
                .thenComparing(alarm -> alarm.row().series())
                .thenComparingLong(alarm -> alarm.row().eventTimeMillis()))
        .map(Alarm::row)
        .toList();
  }
}
