package io.nelbo.jobs.retrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.progress.ProgressLines;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.testing.SaidLines;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

final class TrainingProgressTest {
  private static final long MINUTE = 60_000;
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private final Arrivals arrivals = new Arrivals(new SimpleCounter(), Duration.ofDays(1));

  @Test
  void tellsEveryMinuteThatRecordsAreLateAndWhichOneTookTimeWithIt() {
    SaidLines voice = new SaidLines();
    ProgressLines lines = new ProgressLines(voice, 0, 1);
    long ahead = Instant.parse("2079-03-01T12:00:00Z").toEpochMilli();
    TrainingProgress progress =
        new TrainingProgress(
            8_000, () -> new TrainingProgress.Standing(true, false, 9_000, ahead, ahead), arrivals);
    arrivals.came(at("pump-1", NOON));
    arrivals.came(at("pump-2", ahead));

    progress.say(lines);
    for (int minute = 1; minute <= 2; minute++) {
      arrivals.came(at("pump-1", NOON + minute));
      arrivals.late();
      lines.at(minute * MINUTE);
      progress.say(lines);
      progress.say(lines);
    }
    lines.at(3 * MINUTE);
    progress.say(lines);

    String late =
        "WARN 1 records came after their slide had ended, out of order or twice, and are not"
            + " trained on: event time has come to 2079-03-01T12:00:00Z, the newest record is of"
            + " 2079-03-01T12:00:00Z; it came to 2079-03-01T12:00:00Z in one step, by a record of"
            + " series 'pump-2': if that clock was fast, start the job without --restore, which"
            + " goes on behind that record with an empty sample";
    assertThat(voice.said())
        .containsExactly(
            "WARN a record of 2079-03-01T12:00:00Z has come in series 'pump-2', the newest before"
                + " it was of 2026-03-01T12:00:00Z, which is more than retrain.span (1d) earlier:"
                + " if its clock is fast, records of the time between will be late and not trained"
                + " on",
            late,
            late);
  }

  @Test
  void saysOfTheFirstRecordOfARestartWhetherItIsFarAhead() {
    arrivals.restored(NOON);

    arrivals.came(at("pump-1", NOON + Duration.ofDays(1).toMillis()));
    Optional<String> within = arrivals.tellJump();
    arrivals.came(at("pump-1", NOON + Duration.ofDays(3).toMillis()));

    assertThat(within).isEmpty();
    assertThat(arrivals.tellJump()).isPresent();
    assertThat(arrivals.tellJump()).isEmpty();
  }

  @Test
  void takesTheFirstRecordOfAllForNoJump() {
    arrivals.came(at("pump-1", NOON));

    assertThat(arrivals.tellJump()).isEmpty();
  }

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

    new TrainingProgress(
            8_000, () -> new TrainingProgress.Standing(true, false, 9_000, NOON, NOON), arrivals)
        .say(lines);
    new TrainingProgress(
            8_000,
            () -> new TrainingProgress.Standing(false, false, 0, Long.MIN_VALUE, Long.MIN_VALUE),
            arrivals)
        .say(lines);

    assertThat(voice.said()).isEmpty();
  }

  private String said(TrainingProgress.Standing standing) {
    SaidLines voice = new SaidLines();
    new TrainingProgress(8_000, () -> standing, arrivals).say(new ProgressLines(voice, 0, 1));
    assertThat(voice.said()).hasSize(1);
    return voice.said().get(0);
  }

  private static Observation at(String series, long time) {
    return new Observation(series, time, new float[] {1}, -1, new Place(0, time), time, null);
  }
}
