package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.progress.ProgressLines;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.SaidLines;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;
import io.nelbo.schemas.ModelTrigger;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class ScoreProgressTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  private final SaidLines voice = new SaidLines();
  private final ProgressLines lines = new ProgressLines(voice, 0, 1);
  private final ScoreMetrics counts = new ScoreMetrics(new UnregisteredMetricsGroup());
  private Optional<ModelNotice> newest = Optional.empty();
  private final ScoreProgress progress = new ScoreProgress(counts, () -> newest, () -> NOON);

  @Test
  void saysWhyThereIsNoModelYetWithTheLastDecision() {
    count(ScoredRecord.Status.NO_MODEL, 1_234);
    progress.heard(
        notice(0, ModelEventKind.SKIPPED, "7,000 rows, retrain.min-rows asks for 8,000"));

    progress.say(lines);

    assertThat(voice.said())
        .containsExactly(
            "INFO 1,234 records have passed unscored: there is no model yet, 'retrain' or 'train"
                + " --announce' makes the first; the last decision was SKIPPED: 7,000 rows,"
                + " retrain.min-rows asks for 8,000");
  }

  @Test
  void saysFromWhenTheNextModelGovernsOnce() {
    newest = Optional.of(notice(3, ModelEventKind.ACTIVATED, ""));
    count(ScoredRecord.Status.NO_MODEL, 10);

    sayAt(0);
    sayAt(60_000);
    count(ScoredRecord.Status.NO_MODEL, 1);
    sayAt(120_000);

    assertThat(voice.said())
        .containsExactly(
            "INFO model pump v000001 governs from 2026-03-01T13:00:00Z on; records have come to"
                + " 2026-03-01T12:00:00Z",
            "INFO 10 records have passed unscored: no model governs before 2026-03-01T13:00:00Z,"
                + " records have come to 2026-03-01T12:00:00Z",
            "INFO 11 records have passed unscored: no model governs before 2026-03-01T13:00:00Z,"
                + " records have come to 2026-03-01T12:00:00Z");
  }

  @Test
  void saysWhyRecordsHaveNoScoreThoughThereIsAModel() {
    count(ScoredRecord.Status.SCORED, 90);
    count(ScoredRecord.Status.WINDOW_INCOMPLETE, 7);
    count(ScoredRecord.Status.TOO_FEW_OBSERVED, 3);

    progress.say(lines);

    assertThat(voice.said())
        .containsExactly(
            "INFO 10 of 100 records have no score: of 7 the window is not full yet, of 3 too few"
                + " values were observed");
  }

  @Test
  void warnsWhereNoneCouldBeScored() {
    count(ScoredRecord.Status.TOO_FEW_OBSERVED, 3_000);

    progress.say(lines);

    assertThat(voice.said())
        .containsExactly(
            "WARN none of 3,000 records could be scored: too few of their values were observed");
  }

  @Test
  void windowsThatNeverFillAreAWarningOnceTheyHadTimeTo() {
    count(ScoredRecord.Status.WINDOW_INCOMPLETE, 50);
    sayAt(0);
    count(ScoredRecord.Status.WINDOW_INCOMPLETE, 60);
    count(ScoredRecord.Status.TOO_FEW_OBSERVED, 1);

    sayAt(60_000);

    assertThat(voice.said())
        .containsExactly(
            "INFO 50 of 50 records have no score: of 50 the window is not full yet, of 0 too few"
                + " values were observed",
            "WARN none of 61 records could be scored: of 60 the window is not full, of 1 too few"
                + " values were observed; a window begins anew where two records of a series are"
                + " further apart than series.max-gap, so if they always are, set it to several of"
                + " their steps, or window.length to 1");
  }

  @Test
  void lateRecordsAreAWarningWhereAllAre() {
    count(ScoredRecord.Status.SCORED, 8);
    late(2);
    sayAt(0);
    late(5);

    sayAt(60_000);

    assertThat(voice.said())
        .containsExactly(
            "INFO 2 of 10 records were late, not after the last one of their series, and are not"
                + " scored; a longer order.bound waits for them",
            "WARN 5 of 5 records were late, not after the last one of their series, and are not"
                + " scored; a longer order.bound waits for them");
  }

  @Test
  void whereAllIsWellNothingIsSaid() {
    count(ScoredRecord.Status.SCORED, 8);
    sayAt(0);
    count(ScoredRecord.Status.SCORED, 8);
    sayAt(60_000);

    assertThat(voice.said()).isEmpty();
  }

  private void sayAt(long millis) {
    lines.at(millis);
    progress.say(lines);
  }

  private void late(int records) {
    for (int i = 0; i < records; i++) {
      counts.late();
    }
  }

  private void count(ScoredRecord.Status status, int records) {
    Observation record = new Observation("s", NOON, new float[0], -1, new Place(0, 0), NOON, null);
    for (int i = 0; i < records; i++) {
      counts.count(ScoredRecord.unscored(record, NOON, status, false));
    }
  }

  private static ModelNotice notice(long offset, ModelEventKind kind, String reason) {
    return new ModelNotice(
        new ModelNotice.Position(offset, 0),
        kind,
        ModelState.UNKNOWN,
        new ModelNotice.Subject("pump", "v000001", "", ""),
        NOON + HOUR,
        new ModelNotice.Span(0, 0, 0),
        ModelNotice.Compared.NOTHING,
        ModelNotice.Why.of(ModelTrigger.SCHEDULE, reason));
  }
}
