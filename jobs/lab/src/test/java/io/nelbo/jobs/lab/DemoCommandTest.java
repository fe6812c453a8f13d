package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.Fates;
import io.nelbo.jobs.demo.judge.Ranking;
import io.nelbo.jobs.demo.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DemoCommandTest {
  @ParameterizedTest
  @CsvSource({"10, 0", "11, 1", "9, 1"})
  void aRunThatCannotAccountForEveryRecordHasFailed(long recordsIn, int expected) {
    DemoSummary summary = summary(recordsIn, 4);

    assertThat(DemoCommand.exitCode(summary, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 0"})
  void aRunThatCameToItsEndAndScoredNothingHasFailed(boolean isStopped, int expected) {
    DemoSummary summary = summary(6, 0);

    assertThat(DemoCommand.exitCode(summary, isStopped)).isEqualTo(expected);
  }

  private static DemoSummary summary(long recordsIn, long scored) {
    return new DemoSummary(
        new DemoSummary.Flow(
            recordsIn,
            new Fates(scored, Map.of("no model", 3L), 2, Map.of("no time", 1L), 0),
            Duration.ofSeconds(1),
            true),
        Optional.empty(),
        List.of(),
        new DemoSummary.Detection(0, new Verdict(List.of(), List.of()), 0, Ranking.NONE),
        Optional.empty(),
        Optional.empty(),
        1);
  }
}
