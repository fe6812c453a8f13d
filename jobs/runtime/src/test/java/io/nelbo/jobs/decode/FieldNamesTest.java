package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FieldNamesTest {
  @Test
  void pathsAreNamedInTheirOrderAndNoneOfTheValues() {
    String json =
        """
        {"series": "secret", "at": {"time": 1, "zone": "x"}, "v": [1, {"deep": 2}], "temp": null,
         "a": {"b": {"c": {"d": {"e": 1}}}}, "last": 3}
        """;

    assertThat(FieldNames.of(json.getBytes(UTF_8)))
        .containsExactly("series", "at.time", "at.zone", "v", "temp", "a.b.c.d", "last");
  }

  @Test
  void whatIsNoJsonNamesWhatCameBeforeTheError() {
    assertThat(FieldNames.of("{\"a\": 1, b".getBytes(UTF_8))).containsExactly("a");
    assertThat(FieldNames.of("garbage".getBytes(UTF_8))).isEmpty();
    assertThat(FieldNames.of(new byte[0])).isEmpty();
    assertThat(FieldNames.of("[1, 2]".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void nothingInANameReachesTheTerminalAsACommand() {
    assertThat(FieldNames.of("{\"a\\u001b[2J\": 1}".getBytes(UTF_8))).containsExactly("a?[2J");
  }

  @Test
  void aLargeObjectAndLongNamesAreCut() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 1_000; i++) {
      json.append("\"").append("n".repeat(100)).append(i).append("\": ").append(i).append(",");
    }
    json.append("\"").append("m").append("\": 1}");
    byte[] wide = "{\"%s\": 1}".formatted("w".repeat(150)).getBytes(UTF_8);

    assertThat(FieldNames.of(json.toString().getBytes(UTF_8))).hasSizeLessThanOrEqualTo(30);
    assertThat(FieldNames.of(wide)).containsExactly("w".repeat(60) + "… (150 characters)");
  }
}
