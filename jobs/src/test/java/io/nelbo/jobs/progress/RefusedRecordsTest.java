package io.nelbo.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.testing.SaidLines;
import org.junit.jupiter.api.Test;

final class RefusedRecordsTest {
  private final SaidLines voice = new SaidLines();
  private final ProgressLines lines = new ProgressLines(voice, 0, 1);
  private final RefusedRecords records = new RefusedRecords();

  @Test
  void aTotalLossIsAWarningThatSaysTheFirstMessage() {
    for (int i = 0; i < 30_000; i++) {
      refuse("UNPARSEABLE", i);
    }

    records.say(lines);

    assertThat(voice.said())
        .containsExactly(
            "WARN every record since the last line was refused, 30,000 of 30,000: UNPARSEABLE"
                + " 30,000 (such as pumps-0@0); the first at pumps-0@0: offset 0 is no JSON"
                + " object");
  }

  @Test
  void someRefusedAreTakenTogetherByReason() {
    accept(90);
    refuse("NO_TIME", 90);
    refuse("NO_TIME", 91);
    refuse("TOO_LARGE", 92);

    records.say(lines);

    assertThat(voice.said())
        .containsExactly(
            "INFO 3 of 93 records were refused: NO_TIME 2 (such as pumps-0@90), TOO_LARGE 1 (such"
                + " as pumps-0@92)");
  }

  @Test
  void whatComesWithinTheMinuteIsSaidWhenItIsOver() {
    refuse("NO_TIME", 0);
    sayAt(0);
    accept(10);
    refuse("NO_TIME", 11);
    sayAt(10_000);
    refuse("NO_TIME", 12);

    sayAt(60_000);

    assertThat(voice.said())
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo("INFO 2 of 12 records were refused: NO_TIME 2 (such as pumps-0@11)");
  }

  @Test
  void whereNothingIsRefusedNothingIsSaid() {
    accept(1_000);
    sayAt(0);
    sayAt(60_000);

    assertThat(voice.said()).isEmpty();
  }

  @Test
  void aTopicWithoutARecordIsSaidOnceAMinuteUntilTheFirst() {
    sayAt(0);
    sayAt(10_000);
    sayAt(60_000);
    accept(1);
    sayAt(120_000);

    assertThat(voice.said())
        .containsExactly("INFO no record has come yet", "INFO no record has come yet");
  }

  private void sayAt(long millis) {
    lines.at(millis);
    records.say(lines);
  }

  private void accept(int count) {
    for (int i = 0; i < count; i++) {
      records.received();
    }
  }

  private void refuse(String reason, long offset) {
    records.received();
    records.refused(reason, "pumps", 0, offset, "offset " + offset + " is no JSON object");
  }
}
