package io.nelbo.jobs.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShownTextTest {
  @Test
  void aLongNameIsCutWithItsLength() {
    assertThat(ShownText.of("p".repeat(3_000))).isEqualTo("p".repeat(60) + "… (3,000 characters)");
    assertThat(ShownText.of("p".repeat(100))).hasSize(100);
  }

  @Test
  void nothingReachesTheTerminalAsACommand() {
    assertThat(ShownText.of("a\u001b[2Jb\nc")).isEqualTo("a?[2Jb?c");
    assertThat(ShownText.of("a\u001b[2Jb\nc", 4)).isEqualTo("a?[2…");
    assertThat(ShownText.whole("a\u001b[2Jb\nc".repeat(50))).isEqualTo("a?[2Jb?c".repeat(50));
  }

  @Test
  void manyNamesAreCutWithTheirNumber() {
    assertThat(ShownText.of(List.of("a", "b"))).isEqualTo("[a, b]");
    assertThat(ShownText.of(Collections.nCopies(500, "a"))).endsWith("a, … (500 names)]");
  }
}
