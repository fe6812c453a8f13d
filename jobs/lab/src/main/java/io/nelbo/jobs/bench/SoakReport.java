package io.nelbo.jobs.bench;

import io.nelbo.jobs.bench.ScoredTimes.ScoredTime;
import io.nelbo.jobs.replay.report.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memory over swaps and trainings, and whether the swaps took place. */
public final class SoakReport {
  /** Two swaps between two records look like one. */
  private static final double LEAST_SEEN = 0.9;

  private final SoakPlan plan;
  private final List<MemorySample> samples;
  private final MemoryTrend heap;
  private final MemoryTrend outside;
  private final long seenSwaps;
  private final long overdue;
  private final long records;

  private SoakReport(SoakPlan plan, List<MemorySample> samples, List<ScoredTime> scores) {
    this.plan = plan;
    this.samples = List.copyOf(samples);
    heap = MemoryTrend.of(samples, MemorySample::heapBytes);
    outside = MemoryTrend.of(samples, MemorySample::nativeBytes);
    seenSwaps = changes(scores);
    overdue = scores.stream().filter(ScoredTime::overdue).count();
    records = scores.size();
  }

  /**
   * @param scores in the order of a single partition
   */
  static SoakReport of(SoakPlan plan, List<MemorySample> samples, List<ScoredTime> scores) {
    return new SoakReport(plan, samples, scores);
  }

  /** How often the version that scored was another than the record's before. */
  private static long changes(List<ScoredTime> scores) {
    long changes = 0;
    for (int i = 1; i < scores.size(); i++) {
      changes += scores.get(i).version().equals(scores.get(i - 1).version()) ? 0 : 1;
    }
    return changes;
  }

  /** Whether the swaps took place and neither kind of memory grew beyond chance. */
  public boolean isPassed() {
    return seenSwaps >= LEAST_SEEN * plan.swaps() && !heap.isGrowth() && !outside.isGrowth();
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    MemorySample last = samples.get(samples.size() - 1);
    map.put("swaps", last.swaps());
    map.put("changes_of_version_in_scores", seenSwaps);
    map.put("trainings", last.trainings());
    map.put("minutes", last.seconds() / 60);
    map.put("scored_records", records);
    map.put("overdue", overdue);
    describe(map, "heap", heap);
    describe(map, "native", outside);
    map.put("samples", samples.size());
    map.put("swaps_per_second", plan.swapsPerSecond());
    map.put("records_per_second", plan.recordsPerSecond());
    plan.bench().describe(map);
    return map;
  }

  private static void describe(Map<String, Object> map, String kind, MemoryTrend trend) {
    map.put(kind + "_bytes_per_second", trend.bytesPerSecond());
    map.put(kind + "_bytes_per_second_low", trend.low());
    map.put(kind + "_bytes_per_second_high", trend.high());
    map.put(kind + "_grew", trend.isGrowth());
  }

  /**
   * Draws both kinds of memory over the swaps.
   *
   * @throws IOException when the page cannot be written; then there is no part of it
   */
  public void write(Path html) throws IOException {
    new HtmlPage("soak.html")
        .write(
            html,
            Map.of(
                "warmUp", MemoryTrend.warmUpSeconds(samples),
                "heap", drawn(heap),
                "native", drawn(outside),
                "rows", rows(),
                "figures",
                    asMap().entrySet().stream()
                        .map(
                            figure ->
                                List.of(
                                    figure.getKey().replace('_', ' '),
                                    String.valueOf(figure.getValue())))
                        .toList()));
  }

  private static Map<String, Object> drawn(MemoryTrend trend) {
    return Map.of(
        "slope", trend.bytesPerSecond(),
        "low", trend.low(),
        "high", trend.high(),
        "grew", trend.isGrowth());
  }

  /** One sample per row: seconds, swaps, trainings, bytes in the heap, bytes outside. */
  private List<double[]> rows() {
    return samples.stream()
        .map(
            sample ->
                new double[] {
                  sample.seconds(),
                  sample.swaps(),
                  sample.trainings(),
                  sample.heapBytes(),
                  sample.nativeBytes()
                })
        .toList();
  }
}
