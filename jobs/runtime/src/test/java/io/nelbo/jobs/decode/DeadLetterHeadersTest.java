package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.wire.WireFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeadLetterHeadersTest {
  private static final DeadLetter LETTER =
      new DeadLetter(
          DeadLetterReason.NOT_FINITE,
          "feature größe is Infinity",
          "plant.pumps.records",
          3,
          123_456_789_012L,
          Instant.parse("2026-01-02T03:04:05.678Z"));

  private final DeadLetterHeaders headers = new DeadLetterHeaders();

  @Test
  void peopleReadThemAsText() {
    List<String> lines = new ArrayList<>();

    headers.of(LETTER).forEach((name, value) -> lines.add(name + "=" + new String(value, UTF_8)));

    assertThat(lines)
        .startsWith(
            "nelbo.reason=NOT_FINITE",
            "nelbo.message=feature größe is Infinity",
            "nelbo.source-topic=plant.pumps.records",
            "nelbo.source-partition=3",
            "nelbo.source-offset=123456789012",
            "nelbo.source-timestamp=1767323045678")
        .hasSize(7);
  }

  @Test
  void programsReadThemAsARecord() throws WireFormatException {
    assertThat(headers.read(headers.of(LETTER))).contains(LETTER);
  }

  @Test
  void otherHeadersCarryNoDeadLetter() throws WireFormatException {
    assertThat(headers.read(Map.of("trace", new byte[] {1}))).isEmpty();
  }

  @Test
  void aSpoiltDeadLetterIsRefused() {
    assertThatThrownBy(() -> headers.read(Map.of(DeadLetterHeaders.DEAD_LETTER, new byte[] {1, 2})))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("bytes begin with 01 02, not with c3 01 of Avro's single-object encoding");
  }
}
