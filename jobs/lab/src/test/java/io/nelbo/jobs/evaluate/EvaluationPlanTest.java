package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluationPlanTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"calibration", "missing", "fleet", "noise"})
  void metricsTellTheRateThatASuiteAsksForOfItsOwn(String suite) {
    Protocol protocol = plan(suite, 0.2).suite().protocol();

    assertThat(protocol.falseAlarmRate()).isEqualTo(0.01);
    assertThat(protocol.asMap()).containsEntry("false_alarm_rate", 0.01);
  }

  @Test
  void otherSuitesTakeTheConfiguredRate() {
    Protocol protocol = plan("skab", 0.2).suite().protocol();

    assertThat(protocol.asMap()).containsEntry("false_alarm_rate", 0.2);
  }

  @Test
  void imagesAreAskedForOneFalseAlarmInAHundred() {
    assertThat(EvaluationPlan.usualRate("images")).isEqualTo(0.01);
    assertThat(EvaluationPlan.usualRate("skab")).isEqualTo(0.001);
  }

  private EvaluationPlan plan(String suite, double rate) {
    return new EvaluationPlan(
        suite,
        EvaluationPlan.Data.of(folder),
        new EvaluationPlan.Results(folder.resolve("out"), false),
        new EvaluationPlan.Models(Optional.empty(), rate),
        List.of(),
        1,
        1);
  }
}
