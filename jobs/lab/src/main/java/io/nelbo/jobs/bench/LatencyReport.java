package io.nelbo.jobs.bench;

import io.nelbo.jobs.bench.ScoredTimes.ScoredTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Time from when a record was due until the broker had its score, in milliseconds: producer,
 * broker, job and sink together.
 */
public final class LatencyReport {
  /**
   * So much event time before each announcement is compared with as much from it on: the model is
   * loaded and takes over in it.
   */
  static final Duration SIDE = Duration.ofSeconds(1);

  private final SwapPlan plan;
  private final double[] before;
  private final double[] around;
  private final double[] besideTraining;
  private final long trainings;
  private final long overdue;

  private LatencyReport(
      SwapPlan plan,
      double[] before,
      double[] around,
      double[] besideTraining,
      long trainings,
      long overdue) {
    this.plan = plan;
    this.before = before;
    this.around = around;
    this.besideTraining = besideTraining;
    this.trainings = trainings;
    this.overdue = overdue;
  }

  /**
   * Parts the records by what went on when they were due.
   *
   * @param announced when models were announced, in milliseconds
   * @param trainingFrom from when on one training followed another, in milliseconds
   */
  static LatencyReport of(
      SwapPlan plan,
      List<Long> announced,
      long trainingFrom,
      long trainings,
      List<ScoredTime> scores) {
    long side = SIDE.toMillis();
    return new LatencyReport(
        plan,
        latencies(scores, due -> announced.stream().anyMatch(at -> due >= at - side && due < at)),
        latencies(scores, due -> announced.stream().anyMatch(at -> due >= at && due < at + side)),
        latencies(scores, due -> due >= trainingFrom),
        trainings,
        scores.stream().filter(ScoredTime::overdue).count());
  }

  private static double[] latencies(List<ScoredTime> scores, LongPredicate due) {
    return scores.stream()
        .filter(score -> due.test(score.dueMillis()))
        .mapToDouble(ScoredTime::latencyMillis)
        .toArray();
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    describe(map, "before_swap", before);
    describe(map, "around_swap", around);
    map.put("around_swap_p99_ratio", percentile(around, 99) / percentile(before, 99));
    describe(map, "beside_training", besideTraining);
    map.put("beside_training_p99_ratio", percentile(besideTraining, 99) / percentile(before, 99));
    map.put("swaps", plan.swaps());
    map.put("trainings", trainings);
    map.put("overdue", overdue);
    map.put("records_per_second", plan.recordsPerSecond());
    plan.bench().describe(map);
    return map;
  }

  private static void describe(Map<String, Object> map, String group, double[] millis) {
    map.put(group + "_records", millis.length);
    map.put(group + "_p50_millis", percentile(millis, 50));
    map.put(group + "_p99_millis", percentile(millis, 99));
    map.put(group + "_max_millis", percentile(millis, 100));
  }

  private static double percentile(double[] millis, double percent) {
    return Math.rint(StatUtils.percentile(millis, percent));
  }
}
