package io.nelbo.jobs.retrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StreamTimeTest {
  private static final ModelNotice NOTICE =
      NewNotice.withoutVersion(
          ModelEventKind.SKIPPED,
          "test",
          new ModelNotice.Span(0, 1_000, 1),
          ModelNotice.Why.of(ModelTrigger.SCHEDULE, "too few"),
          0);

  @Test
  void aLiveTrainingEndsWithTheNewestRecordAndNoEarlierThanItsSpan() {
    StreamTime time = new LiveTime(ModelHistory.NONE);

    assertThat(time.trainedAtMillis(1_000, 5_000)).isEqualTo(5_000);
    assertThat(time.trainedAtMillis(1_000, 500)).isEqualTo(1_000);
    assertThat(time.decidedAtMillis(77, 1_000)).isEqualTo(77);
  }

  @Test
  void aLiveStreamGoesOnAndItsTopicGivesADecisionItsPlace() {
    StreamTime time = new LiveTime(ModelHistory.NONE);

    assertThat(time.waitsForDecisions()).isFalse();
    assertThat(time.keepsToMemory()).isTrue();
    assertThat(time.announced(NOTICE)).isSameAs(NOTICE);
  }

  @Test
  void theTimesOfARecordingFollowFromItsRecordsAlone() {
    try (Backtest backtest = new Backtest(Duration.ofSeconds(2))) {
      StreamTime time = new RecordedTime(backtest);

      assertThat(time.trainedAtMillis(1_000, 5_000)).isEqualTo(3_000);
      assertThat(time.decidedAtMillis(77, 1_000)).isEqualTo(3_000);
    }
  }

  @Test
  void aRecordingWaitsAndKeepsItsDecisionsInTheirOrder() {
    try (Backtest backtest = new Backtest(Duration.ofSeconds(2))) {
      StreamTime time = new RecordedTime(backtest);

      time.announced(NOTICE);
      ModelNotice second = time.announced(NOTICE);

      assertThat(time.waitsForDecisions()).isTrue();
      assertThat(time.keepsToMemory()).isFalse();
      assertThat(second.offset()).isEqualTo(1);
      assertThat(time.history()).isSameAs(backtest);
    }
  }
}
