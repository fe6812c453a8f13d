package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.AnomalyEvent.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventIdsTest {
  @Test
  void followsTheStandardsOwnExample() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // RFC 9562, appendix A.4
    assertThat(EventIds.uuid5(dns, "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }

  @Test
  void dependsOnDetectorPositionAndKindAlone() {
    EventIds ids = new EventIds("pumps", "plant.pumps.records");
    String id = ids.of(Kind.OPENED, 1, 42);

    assertThat(new EventIds("pumps", "plant.pumps.records").of(Kind.OPENED, 1, 42)).isEqualTo(id);
    assertThat(ids.of(Kind.CLOSED, 1, 42)).isNotEqualTo(id);
    assertThat(ids.of(Kind.OPENED, 2, 42)).isNotEqualTo(id);
    assertThat(new EventIds("fans", "plant.pumps.records").of(Kind.OPENED, 1, 42)).isNotEqualTo(id);
  }
}
