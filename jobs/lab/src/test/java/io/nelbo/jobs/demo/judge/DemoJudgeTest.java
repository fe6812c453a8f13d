package io.nelbo.jobs.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.plant.FaultKind;
import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemoJudgeTest {
  private static final Instant DAY = Instant.parse("2026-01-06T00:00:00Z");
  private static final Instant END = at("23:59");

  @Test
  void findsAFaultByAnEpisodeThatStartsInItAndBlamesItsSensor() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict verdict = judge(List.of(fault), episode("pump-01", "10:20", "11:00", "x", "y", "a"));

    assertThat(verdict.outcomes().get(0).delay()).contains(Duration.ofMinutes(20));
    assertThat(verdict.falseAlarms()).isEmpty();
  }

  @Test
  void blameInFourthPlaceDoesNotCount() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict verdict =
        judge(List.of(fault), episode("pump-01", "10:20", "11:00", "x", "y", "z", "a"));

    assertThat(verdict.found()).isZero();
    assertThat(verdict.falseAlarms()).as("it overlaps the fault all the same").isEmpty();
  }

  @Test
  void anEpisodeMayStartATenthOfTheLengthLater() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict justInTime = judge(List.of(fault), episode("pump-01", "12:11", "12:11", "a"));
    Verdict tooLate = judge(List.of(fault), episode("pump-01", "12:12", "12:12", "a"));

    assertThat(justInTime.found()).isEqualTo(1);
    assertThat(tooLate.found()).isZero();
    assertThat(tooLate.falseAlarms()).hasSize(1);
  }

  @Test
  void aFaultThatBeginsInAnOpenAlarmIsNeitherFoundNorMissed() {
    PlantedFault fault = fault(FaultKind.SPIKE, "pump-01", "a", "10:00", "10:10");

    Verdict verdict = judge(List.of(fault), episode("pump-01", "09:50", "10:05", "a"));

    assertThat(verdict.found()).isZero();
    assertThat(verdict.inOpenAlarm()).isEqualTo(1);
    assertThat(verdict.outcomes().get(0).missed()).isFalse();
    assertThat(verdict.falseAlarms()).isEmpty();
  }

  @Test
  void aFaultAfterTheLastAnomalyOfAnAlarmIsMissed() {
    PlantedFault fault = fault(FaultKind.SPIKE, "pump-01", "a", "10:00", "10:10");

    Verdict verdict =
        judge(
            List.of(fault),
            episode("pump-01", "09:50", "09:59", "a"),
            episode("pump-02", "09:50", "10:05", "a"));

    assertThat(verdict.outcomes().get(0).missed()).isTrue();
    assertThat(verdict.inOpenAlarm()).isZero();
  }

  @Test
  void aFaultThatIsFoundWhileAnotherAlarmWasOpenIsFound() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict verdict =
        judge(
            List.of(fault),
            episode("pump-01", "09:50", "10:05", "b"),
            episode("pump-01", "11:30", "11:40", "a"));

    assertThat(verdict.found()).isEqualTo(1);
    assertThat(verdict.inOpenAlarm()).isZero();
  }

  @Test
  void anEpisodeOfAnotherPumpIsAFalseAlarm() {
    PlantedFault fault = fault(FaultKind.SPIKE, "pump-01", "a", "10:00", "10:10");

    Verdict verdict = judge(List.of(fault), episode("pump-02", "10:02", "10:05", "a"));

    assertThat(verdict.found()).isZero();
    assertThat(verdict.falseAlarms()).hasSize(1);
  }

  @Test
  void twoEpisodesInOneFaultFindItOnceByTheEarlier() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict verdict =
        judge(
            List.of(fault),
            episode("pump-01", "11:00", "11:10", "a"),
            episode("pump-01", "10:30", "10:40", "a"));

    assertThat(verdict.found()).isEqualTo(1);
    assertThat(verdict.outcomes().get(0).delay()).contains(Duration.ofMinutes(30));
  }

  @Test
  void aFaultThatWasStillGoingOnAtTheEndIsNotJudged() {
    PlantedFault fault = fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00");

    Verdict verdict =
        DemoJudge.judge(
            List.of(fault), List.of(episode("pump-01", "10:30", "10:40", "a")), at("11:00"));

    assertThat(verdict.outcomes()).isEmpty();
    assertThat(verdict.falseAlarms()).isEmpty();
  }

  @Test
  void delaysAreSummedUpPerKind() {
    List<PlantedFault> faults =
        List.of(
            fault(FaultKind.DRIFT, "pump-01", "a", "10:00", "12:00"),
            fault(FaultKind.DRIFT, "pump-02", "a", "10:00", "12:00"),
            fault(FaultKind.DRIFT, "pump-03", "a", "10:00", "12:00"),
            fault(FaultKind.SPIKE, "pump-04", "a", "10:00", "10:01"));

    Verdict verdict =
        judge(
            faults,
            episode("pump-01", "10:10", "10:10", "a"),
            episode("pump-02", "10:30", "10:30", "a"));

    assertThat(verdict.byKind())
        .containsOnly(
            Map.entry(
                FaultKind.DRIFT,
                new Verdict.KindResult(3, 2, 0, Duration.ofMinutes(20), Duration.ofMinutes(30))),
            Map.entry(
                FaultKind.SPIKE, new Verdict.KindResult(1, 0, 0, Duration.ZERO, Duration.ZERO)));
  }

  private static Verdict judge(List<PlantedFault> faults, DetectedEpisode... episodes) {
    return DemoJudge.judge(faults, List.of(episodes), END);
  }

  private static PlantedFault fault(
      FaultKind kind, String series, String sensor, String start, String end) {
    return new PlantedFault(kind, series, List.of(sensor), at(start), at(end), 3, true);
  }

  private static DetectedEpisode episode(
      String series, String start, String end, String... blamed) {
    return new DetectedEpisode(series, at(start), at(end), List.of(blamed));
  }

  private static Instant at(String time) {
    return DAY.plus(Duration.between(LocalTime.MIDNIGHT, LocalTime.parse(time)));
  }
}
