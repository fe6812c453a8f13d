package io.nelbo.jobs.replay.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.jspecify.annotations.Nullable;

/**
 * How far two replays say the same of the records that both scored.
 *
 * @param scored records that both scored
 * @param bothAlarm records on which both alarm
 * @param onlyFirstAlarms records on which the first alone alarms
 * @param onlySecondAlarms records on which the second alone alarms
 * @param rankCorrelation Spearman's, of the scores, in [-1, 1]; NaN for fewer than two records or
 *     equal scores
 * @param largestDifference of two scores of one record
 */
public record Agreement(
    long scored,
    long bothAlarm,
    long onlyFirstAlarms,
    long onlySecondAlarms,
    double rankCorrelation,
    double largestDifference) {
  static Agreement of(MatchedRows matched) {
    List<MatchedRows.Pair> scored =
        matched.pairs().stream().filter(MatchedRows.Pair::isScored).toList();
    double[] first = scored.stream().mapToDouble(pair -> pair.first().alertScore()).toArray();
    double[] second = scored.stream().mapToDouble(pair -> pair.second().alertScore()).toArray();
    double largest = 0;
    for (int row = 0; row < first.length; row++) {
      largest = Math.max(largest, Math.abs(first[row] - second[row]));
    }
    return new Agreement(
        scored.size(),
        count(scored, true, true),
        count(scored, true, false),
        count(scored, false, true),
        first.length < 2 ? Double.NaN : new SpearmansCorrelation().correlation(first, second),
        largest);
  }

  private static long count(List<MatchedRows.Pair> pairs, boolean first, boolean second) {
    return pairs.stream()
        .filter(pair -> pair.first().anomaly() == first && pair.second().anomaly() == second)
        .count();
  }

  /** Of the records on which any alarms, the share on which both do (Jaccard); 1 without alarms. */
  public double alarmOverlap() {
    long any = bothAlarm + onlyFirstAlarms + onlySecondAlarms;
    return any == 0 ? 1 : bothAlarm / (double) any;
  }

  /** For machines; what is undefined is null. */
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("scored_by_both", scored);
    map.put("both_alarm", bothAlarm);
    map.put("only_a_alarms", onlyFirstAlarms);
    map.put("only_b_alarms", onlySecondAlarms);
    map.put("alarm_overlap", alarmOverlap());
    map.put("rank_correlation", Double.isFinite(rankCorrelation) ? rankCorrelation : null);
    map.put("largest_score_difference", largestDifference);
    return map;
  }
}
