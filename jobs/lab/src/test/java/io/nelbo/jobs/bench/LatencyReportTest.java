package io.nelbo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.bench.ScoredTimes.ScoredTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which records count as before, around, and beside. */
final class LatencyReportTest {
  @Test
  void recordsArePartedByWhatWentOnWhenTheyWereDue() {
    List<ScoredTime> scores = new ArrayList<>();
    for (long due = 0; due < 30_000; due += 10) {
      long latency = due >= 10_000 && due < 11_000 ? 40 : due >= 20_000 ? 30 : 10;
      scores.add(new ScoredTime(due, due + latency, "v000001", due == 10_500));
    }

    Map<String, Object> report =
        LatencyReport.of(plan(), List.of(10_000L), 20_000, 3, scores).asMap();

    assertThat(report)
        .containsEntry("before_swap_records", 100)
        .containsEntry("before_swap_p99_millis", 10.0)
        .containsEntry("around_swap_records", 100)
        .containsEntry("around_swap_p99_millis", 40.0)
        .containsEntry("around_swap_p99_ratio", 4.0)
        .containsEntry("beside_training_records", 1_000)
        .containsEntry("beside_training_p50_millis", 30.0)
        .containsEntry("trainings", 3L)
        .containsEntry("overdue", 1L);
  }

  private static SwapPlan plan() {
    return new SwapPlan(
        new BenchPlan(3, 10, 1, 1, false, "all", 256, 1),
        100,
        Duration.ZERO,
        1,
        Duration.ofSeconds(4),
        Duration.ofSeconds(10));
  }
}
