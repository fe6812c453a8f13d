package io.nelbo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FrameBenchmarkTest {
  @Test
  void measuresEachSizeAndSaysWhereThereIsNoYardstick() throws Exception {
    FramePlan plan =
        new FramePlan(List.of(28, 40), List.of(1, 32), 1, Duration.ofMillis(20), "cpu", 1);
    List<String> heard = new ArrayList<>();

    FrameReport report = new FrameBenchmark(plan, System::nanoTime, heard::add).run();

    assertThat(report.rows())
        .extracting(row -> List.of(row.side(), row.batch()))
        .containsExactly(List.of(28, 1), List.of(28, 32), List.of(40, 1), List.of(40, 32));
    assertThat(report.rows()).allSatisfy(row -> assertThat(row.imagesPerSecond()).isPositive());
    boolean compared = report.rows().get(0).ofPython().isPresent();
    assertThat(report.without().isPresent()).isNotEqualTo(compared);
    assertThat(report.lines()).hasSize(compared ? 5 : 6);
    assertThat(heard).hasSize(5);
  }

  @Test
  void aLineHasTheRatioToTheYardstick() {
    FrameReport.Row row = new FrameReport.Row(64, 32, 900, Optional.of(1000.0));

    FrameReport report =
        new FrameReport(
            new FramePlan(List.of(64), List.of(32), 1, Duration.ofSeconds(1), "cpu", 1),
            List.of(row),
            Optional.empty());

    assertThat(report.lines().get(1))
        .isEqualTo("    64      32             900           1,000      0.90");
    assertThat(report.asMap().toString()).contains("ratio=0.9");
  }
}
