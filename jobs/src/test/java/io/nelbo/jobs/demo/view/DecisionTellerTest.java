package io.nelbo.jobs.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.schemas.ModelEventKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DecisionTellerTest {
  private static final Decision.Why NOTHING = new Decision.Why(List.of(), false);
  private static final Decision.Why NEW_NORMAL = new Decision.Why(List.of("they changed"), true);
  private static final Instant MIDNIGHT = Instant.parse("2026-01-06T00:00:00Z");
  private static final Map<String, Double> FIGURES =
      Map.of(
          "candidate_negative_elbo", 1.25,
          "incumbent_negative_elbo", 9.5,
          "power", 0.72,
          "incumbent_power", 0.6);

  private final DecisionTeller teller = new DecisionTeller();

  @Test
  void theFirstModelIsCalledTheFirst() {
    assertThat(teller.tell(activated("v000001", "", NOTHING)))
        .containsExactly(
            "v000001 activated from 06 Jan 00:30:00 on: the first, trained on 51,840 rows");
  }

  @Test
  void aSuccessorIsComparedWithItsPredecessor() {
    assertThat(teller.tell(activated("v000002", "v000001", NOTHING)))
        .containsExactly(
            "v000002 activated from 06 Jan 00:30:00 on: new readings cost it 1.25 nats, v000001"
                + " 9.50; it notices 72 % of test faults, v000001 60 %");
  }

  @Test
  void aNewNormalIsToldBeforeTheModelThatLearnedIt() {
    List<String> said = teller.tell(activated("v000003", "v000002", NEW_NORMAL));

    assertThat(said)
        .hasSize(2)
        .first()
        .isEqualTo(
            "regime change: at least half of the series have changed for two slides, learned by"
                + " v000003");
  }

  @Test
  void aRejectionSaysWhyAndWhoStays() {
    teller.tell(activated("v000001", "", NOTHING));

    assertThat(teller.tell(refused(ModelEventKind.REJECTED, "v000002", "it is worse", "and so on")))
        .containsExactly("v000002 rejected, v000001 stays: it is worse");
  }

  @Test
  void nobodyStaysBeforeTheFirstModel() {
    assertThat(teller.tell(refused(ModelEventKind.SKIPPED, "", "the span has 5 rows")))
        .containsExactly("no training: the span has 5 rows");
  }

  private static Decision activated(String version, String incumbent, Decision.Why why) {
    return new Decision(
        MIDNIGHT,
        ModelEventKind.ACTIVATED,
        version,
        incumbent,
        51_840,
        Optional.of(MIDNIGHT.plusSeconds(1_800)),
        why,
        FIGURES);
  }

  private static Decision refused(ModelEventKind kind, String version, String... reasons) {
    return new Decision(
        MIDNIGHT,
        kind,
        version,
        "",
        5,
        Optional.empty(),
        new Decision.Why(List.of(reasons), false),
        Map.of());
  }
}
