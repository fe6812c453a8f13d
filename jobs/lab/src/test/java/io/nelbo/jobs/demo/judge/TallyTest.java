package io.nelbo.jobs.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.testing.Anomalies;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");

  private final Tally tally = new Tally();

  @Test
  void everyRecordIsCountedOnceUnderItsFate() {
    tally.add(scored(1.2, true, true));
    tally.add(scored(0.2, null, false));
    tally.add(unscored());
    tally.add(letter(DeadLetterReason.LATE));
    tally.add(letter(DeadLetterReason.UNPARSEABLE));
    tally.add(letter(DeadLetterReason.NOT_FINITE));

    assertThat(tally.fates())
        .isEqualTo(
            new Fates(
                2, Map.of("no model", 1L), 1, Map.of("not finite", 1L, "unparseable", 1L), 1));
    assertThat(tally.accounted()).isEqualTo(6);
  }

  @Test
  void anEpisodeLastsToItsLastEventAndKeepsItsFirstBlame() {
    tally.add(Anomalies.anomaly("e1", AnomalyKind.OPENED, NOON, "flow"));
    tally.add(Anomalies.anomaly("e2", AnomalyKind.OPENED, NOON, "power"));
    tally.add(Anomalies.anomaly("e1", AnomalyKind.WORSENED, NOON.plusSeconds(90), "pressure"));
    tally.add(Anomalies.anomaly("e1", AnomalyKind.CLOSED, NOON.plusSeconds(60), "pressure"));

    assertThat(tally.episodes())
        .containsExactly(
            new DetectedEpisode("pump-01", NOON, NOON.plusSeconds(90), List.of("flow")),
            new DetectedEpisode("pump-01", NOON, NOON, List.of("power")));
  }

  @Test
  void anEpisodeGoesOnToTheLastAlarmBeforeTheNextOneOfItsSeries() {
    tally.add(Anomalies.anomaly("e1", AnomalyKind.OPENED, NOON, "flow"));
    tally.add(alarm(NOON));
    tally.add(alarm(NOON.plusSeconds(300))); // less strange: no event tells of it
    tally.add(Score.newBuilder(alarm(NOON.plusSeconds(900))).setSeries("pump-02").build());
    tally.add(quiet(NOON.plusSeconds(600)));

    assertThat(tally.episodes())
        .containsExactly(
            new DetectedEpisode("pump-01", NOON, NOON.plusSeconds(300), List.of("flow")));

    tally.add(opened("e2", NOON.plusSeconds(200)));

    assertThat(tally.episodes())
        .containsExactly(
            new DetectedEpisode("pump-01", NOON, NOON, List.of("flow")),
            new DetectedEpisode(
                "pump-01", NOON.plusSeconds(200), NOON.plusSeconds(300), List.of("flow")));
  }

  @Test
  void rankingIsMeasuredOverLabelledScoresAlone() {
    tally.add(scored(3, true, false));
    tally.add(scored(2, false, false));
    tally.add(scored(1, true, false));
    tally.add(scored(0, false, false));
    tally.add(scored(9, null, false));
    tally.add(unscored());

    // Of four pairs (anomalous, normal) three are in order; precision 1/1 and 2/3 at the hits.
    Ranking ranking = tally.ranking();
    assertThat(ranking.auroc().orElseThrow()).isEqualTo(0.75, within(1e-12));
    assertThat(ranking.averagePrecision().orElseThrow())
        .isEqualTo((1 + 2.0 / 3) / 2, within(1e-12));
    assertThat(ranking.anomalous()).isEqualTo(2);
    assertThat(ranking.labelled()).isEqualTo(4);
  }

  @Test
  void withoutLabelsThereIsNoRanking() {
    tally.add(scored(3, null, false));

    assertThat(tally.ranking()).isEqualTo(Ranking.NONE);
  }

  @Test
  void theFirstActivationIsRememberedAndEveryDecisionCounted() {
    tally.add(decision(ModelEventKind.SKIPPED, "", null));
    tally.add(decision(ModelEventKind.ACTIVATED, "v000001", NOON));
    tally.add(decision(ModelEventKind.ACTIVATED, "v000002", NOON.plusSeconds(60)));

    assertThat(tally.modelVersions()).containsExactly("v000001", "v000002");
    assertThat(tally.firstEffective()).contains(NOON);
    assertThat(tally.decisions())
        .extracting(Decision::kind)
        .hasSize(3)
        .startsWith(ModelEventKind.SKIPPED);
  }

  @Test
  void everyVersionIsKnownByTheFirstRecordThatItScored() {
    tally.add(scored("v000001", NOON.plusSeconds(30)));
    tally.add(scored("v000001", NOON));
    tally.add(scored("v000002", NOON.plusSeconds(60)));
    tally.add(unscored());

    assertThat(tally.firstScored())
        .containsExactly(Map.entry("v000001", NOON), Map.entry("v000002", NOON.plusSeconds(60)));
  }

  @Test
  void onlyReadingsThatAreKnownToBeNormalCanBeFalseAlarms() {
    tally.add(scored(1, false, false));
    tally.add(scored(0.99, false, false));
    tally.add(scored(3, true, false));
    tally.add(scored(3, null, false));
    tally.add(unscored());

    assertThat(tally.falseAlarms(new Phase("all", NOON, NOON.plusSeconds(3_600))))
        .isEqualTo(new AlarmFigures(2, 1, 1, 1));
  }

  @Test
  void aFailedTrainingEndsTheRunWithItsReason() {
    assertThatThrownBy(() -> tally.add(decision(ModelEventKind.FAILED, "", null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Training failed: because");
  }

  private static Score scored(double score, @Nullable Boolean label, boolean overdue) {
    return Score.newBuilder(unscored())
        .setStatus(ScoreStatus.SCORED)
        .setScore(score)
        .setModelVersion("v000001")
        .setLabel(label)
        .setOverdue(overdue)
        .build();
  }

  private static Score scored(String version, Instant time) {
    return Score.newBuilder(scored(0.1, null, false))
        .setModelVersion(version)
        .setEventTime(time)
        .build();
  }

  private static Anomaly opened(String episode, Instant start) {
    return Anomaly.newBuilder(Anomalies.anomaly(episode, AnomalyKind.OPENED, start, "flow"))
        .setEpisodeStart(start)
        .build();
  }

  private static Score alarm(Instant time) {
    return Score.newBuilder(scored(1, null, false)).setEventTime(time).build();
  }

  private static Score quiet(Instant time) {
    return Score.newBuilder(scored(0.9, null, false)).setEventTime(time).build();
  }

  private static Score unscored() {
    return Score.newBuilder()
        .setSeries("pump-01")
        .setEventTime(NOON)
        .setSourcePartition(0)
        .setSourceOffset(1)
        .setStatus(ScoreStatus.NO_MODEL)
        .build();
  }

  private static DeadLetter letter(DeadLetterReason reason) {
    return DeadLetter.newBuilder()
        .setReason(reason)
        .setMessage("because")
        .setSourceTopic("records")
        .setSourcePartition(0)
        .setSourceOffset(1)
        .setSourceTimestamp(NOON)
        .build();
  }

  private static ModelEvent decision(ModelEventKind kind, String version, @Nullable Instant from) {
    return ModelEvent.newBuilder()
        .setModelId("demo")
        .setVersion(version)
        .setKind(kind)
        .setEffectiveFrom(from)
        .setSpanStart(NOON)
        .setSpanEnd(NOON)
        .setReason("because")
        .setDecidedAt(NOON)
        .build();
  }
}
