package io.nelbo.jobs.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The outcome of a pipeline benchmark: the score job beside the pass-through of the same run. */
public record BenchReport(
    BacklogPlan plan, double bytesInPerRecord, List<BenchRun> passThrough, List<BenchRun> score) {
  public BenchReport {
    passThrough = List.copyOf(passThrough);
    score = List.copyOf(score);
  }

  public double ratio() {
    return median(score, BenchRun::recordsPerSecond)
        / median(passThrough, BenchRun::recordsPerSecond);
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pass_through_records_per_second", median(passThrough, BenchRun::recordsPerSecond));
    map.put("score_records_per_second", median(score, BenchRun::recordsPerSecond));
    map.put("ratio", ratio());
    map.put("pass_through_runs", rates(passThrough));
    map.put("score_runs", rates(score));
    map.put(
        "pass_through_cpu_micros_per_record", median(passThrough, BenchRun::cpuMicrosPerRecord));
    map.put("score_cpu_micros_per_record", median(score, BenchRun::cpuMicrosPerRecord));
    map.put("bytes_in_per_record", bytesInPerRecord);
    map.put("pass_through_bytes_out_per_record", median(passThrough, BenchRun::bytesOutPerRecord));
    map.put("score_bytes_out_per_record", median(score, BenchRun::bytesOutPerRecord));
    plan.describe(map);
    return map;
  }

  private static List<Double> rates(List<BenchRun> runs) {
    return runs.stream().map(BenchRun::recordsPerSecond).toList();
  }

  static double median(List<BenchRun> runs, ToDoubleFunction<BenchRun> figure) {
    List<Double> sorted =
        runs.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
