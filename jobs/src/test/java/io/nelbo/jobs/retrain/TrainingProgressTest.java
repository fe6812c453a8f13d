package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.progress.ProgressLines;
import io.nelbo.jobs.testing.SaidLines;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TrainingProgressTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @Test
  void saysHowManyRowsAreThereOfThoseThatAreNeeded() {
    assertThat(said(new TrainingProgress.Standing(false, false, 1_200, NOON, NOON)))
        .isEqualTo(
            "INFO 1,200 of 8,000 rows for the first model; records have come to"
                + " 2026-03-01T12:00:00Z");
  }

  @Test
  void saysWhatItWaitsForOnceThereAreEnough() {
    assertThat(said(new TrainingProgress.Standing(false, false, 8_001, NOON, Long.MIN_VALUE)))
        .isEqualTo(
            "INFO 8,001 of 8,000 rows for the first model: it waits until no record of their time"
                + " can come any more; event time has come to nothing, the newest record is of"
                + " 2026-03-01T12:00:00Z");
  }

  @Test
  void saysThatItTrains() {
    assertThat(said(new TrainingProgress.Standing(false, true, 8_001, NOON, NOON)))
        .isEqualTo("INFO 8,001 of 8,000 rows for the first model: it is being trained");
  }

  @Test
  void isSilentOnceAModelGovernsOrWhileNothingHasCome() {
    SaidLines voice = new SaidLines();
    ProgressLines lines = new ProgressLines(voice, 0, 1);

    new TrainingProgress(8_000, () -> new TrainingProgress.Standing(true, false, 9_000, NOON, NOON))
        .say(lines);
    new TrainingProgress(
            8_000,
            () -> new TrainingProgress.Standing(false, false, 0, Long.MIN_VALUE, Long.MIN_VALUE))
        .say(lines);

    assertThat(voice.said()).isEmpty();
  }

  private static String said(TrainingProgress.Standing standing) {
    SaidLines voice = new SaidLines();
    new TrainingProgress(8_000, () -> standing).say(new ProgressLines(voice, 0, 1));
    assertThat(voice.said()).hasSize(1);
    return voice.said().get(0);
  }
}
