package io.nelbo.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.testing.SaidLines;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {
  private final SaidLines voice = new SaidLines();

  @Test
  void aSubjectSpeaksOnceAMinuteAndAnotherIsNotHeldUpByIt() {
    ProgressLines lines = new ProgressLines(voice, 0, 1);

    for (int second = 0; second <= 120; second += 10) {
      lines.at(second * 1_000L);
      lines.info("rows", "at " + second);
      lines.warn("late", "late at " + second);
    }

    assertThat(voice.said())
        .containsExactly(
            "INFO at 0",
            "WARN late at 0",
            "INFO at 60",
            "WARN late at 60",
            "INFO at 120",
            "WARN late at 120");
  }

  @Test
  void ofSeveralSubtasksEachSaysWhichItIs() {
    ProgressLines lines = new ProgressLines(voice, 1, 4);

    lines.info("rows", "none");

    assertThat(voice.said()).containsExactly("INFO subtask 2 of 4: none");
  }
}
