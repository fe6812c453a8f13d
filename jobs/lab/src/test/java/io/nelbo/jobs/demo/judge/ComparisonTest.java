package io.nelbo.jobs.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.demo.plant.FaultKind;
import io.nelbo.jobs.demo.plant.PlantedFault;
import io.nelbo.jobs.testing.Anomalies;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");
  private static final Instant ONE = NOON.plus(Duration.ofHours(1));
  private static final Instant TWO = NOON.plus(Duration.ofHours(2));
  private static final List<Phase> PHASES =
      List.of(new Phase("first", NOON, ONE), new Phase("second", ONE, TWO));

  private final Tally retrained = new Tally();
  private final Tally kept = new Tally();

  @Test
  void bothRunsAreJudgedPhaseByPhase() {
    for (int minute = 0; minute < 120; minute++) {
      retrained.add(normal(minute, minute == 20));
      kept.add(normal(minute, minute >= 20));
    }

    Comparison comparison = compare(List.of());

    assertThat(comparison.phases())
        .containsExactly(
            new PhaseOutcome(PHASES.get(0), alarms(1, 1), alarms(40, 1)),
            new PhaseOutcome(PHASES.get(1), alarms(0, 0), alarms(60, 1)));
  }

  @Test
  void aFaultBelongsToThePhaseInWhichItBegan() {
    PlantedFault early = fault(NOON);
    PlantedFault late = fault(ONE);
    retrained.add(Anomalies.anomaly("e", AnomalyKind.OPENED, NOON, "flow"));

    Comparison comparison = compare(List.of(early, late));

    assertThat(comparison.phases())
        .extracting(outcome -> outcome.retrained().found(), outcome -> outcome.kept().found())
        .containsExactly(tuple(1, 0), tuple(0, 0));
    assertThat(comparison.phases())
        .allSatisfy(outcome -> assertThat(outcome.kept().planted()).isEqualTo(1));
  }

  @Test
  void thePhaseAfterTheChangeIsPartedAtTheFirstHourOfTheModelThatLearnedIt() {
    retrained.add(activated("v000001", NOON.minusSeconds(60), "REGIME_CHANGE of before"));
    retrained.add(activated("v000002", NOON.plusSeconds(60), "better"));
    retrained.add(activated("v000003", NOON.plus(Duration.ofMinutes(90)), "REGIME_CHANGE"));
    Phase after = new Phase("after the change", NOON, NOON.plus(Duration.ofHours(5)));

    Comparison comparison =
        Comparison.of(
            List.of(after), Optional.of(NOON), List.of(), retrained, kept, 0.001, 2_880, TWO);

    assertThat(comparison.learning())
        .contains(
            new Learning("v000003", NOON.plus(Duration.ofMinutes(90)), Duration.ofMinutes(90)));
    assertThat(comparison.phases())
        .extracting(PhaseOutcome::phase)
        .containsExactly(
            new Phase("until it is learned", NOON, TWO),
            new Phase("once it is learned", TWO, after.until()));
  }

  @Test
  void withoutAModelThatLearnedItThePhaseStaysWhole() {
    retrained.add(activated("v000002", NOON.plusSeconds(60), "better"));

    Comparison comparison =
        Comparison.of(PHASES, Optional.of(NOON), List.of(), retrained, kept, 0.001, 2_880, TWO);

    assertThat(comparison.learning()).isEmpty();
    assertThat(comparison.phases()).extracting(PhaseOutcome::phase).isEqualTo(PHASES);
  }

  @Test
  void aFaultInAnAlarmThatIsOpenAllDayIsToldApartFromAMissedOne() {
    kept.add(Anomalies.anomaly("e", AnomalyKind.OPENED, NOON, "flow"));
    kept.add(normal(80, true));

    Comparison comparison = compare(List.of(fault(ONE)));

    assertThat(comparison.phases().get(1).kept().inOpenAlarm()).isEqualTo(1);
    assertThat(comparison.phases().get(1).retrained().inOpenAlarm()).isZero();
  }

  @Test
  void theAskedShareIsAlsoGivenInReadingsOfADayAndCannotExceedItsHours() {
    assertThat(compare(0.001, 2_880).askedPerSeriesDay()).isEqualTo(2.88);
    assertThat(compare(0.1, 2_880).askedPerSeriesDay()).isEqualTo(24);
  }

  private Comparison compare(List<PlantedFault> faults) {
    return Comparison.of(PHASES, Optional.empty(), faults, retrained, kept, 0.001, 2_880, TWO);
  }

  private Comparison compare(double askedShare, double readingsPerDay) {
    return Comparison.of(
        PHASES, Optional.empty(), List.of(), retrained, kept, askedShare, readingsPerDay, TWO);
  }

  private static RunFigures alarms(int alarms, int hours) {
    return new RunFigures(new AlarmFigures(60, alarms, 1, hours), 0, 0, 0);
  }

  private static ModelEvent activated(String version, Instant from, String reason) {
    return ModelEvent.newBuilder()
        .setModelId("demo")
        .setVersion(version)
        .setKind(ModelEventKind.ACTIVATED)
        .setEffectiveFrom(from)
        .setSpanStart(NOON)
        .setSpanEnd(NOON)
        .setReason(reason)
        .setRegimeChange(reason.startsWith("REGIME_CHANGE"))
        .setDecidedAt(NOON)
        .build();
  }

  private static PlantedFault fault(Instant start) {
    return new PlantedFault(
        FaultKind.SPIKE, "pump-01", List.of("flow"), start, start.plusSeconds(60), 3, true);
  }

  private static Score normal(int minute, boolean alarms) {
    return Score.newBuilder()
        .setSeries("pump-01")
        .setEventTime(NOON.plus(Duration.ofMinutes(minute)))
        .setSourcePartition(0)
        .setSourceOffset(minute)
        .setStatus(ScoreStatus.SCORED)
        .setModelVersion("v000001")
        .setScore(alarms ? 1.5 : 0.5)
        .setLabel(false)
        .build();
  }
}
