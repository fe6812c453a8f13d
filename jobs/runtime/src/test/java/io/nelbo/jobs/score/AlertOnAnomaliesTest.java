package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.AnomalyEvent.Kind;
import io.nelbo.jobs.stream.Judgement;
import io.nelbo.jobs.stream.Judgement.Nats;
import io.nelbo.jobs.stream.Judgement.Rank;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.TestDecisions;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertOnAnomaliesTest {
  private static final long GAP = 600_000; // TestConfig's alert.episode-gap
  private static final long FORGET_AFTER = 86_400_000; // the default series.forget-after

  private KeyedOneInputStreamOperatorTestHarness<String, ScoredRecord, AnomalyEvent> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void anomaliesWithinTheGapAreOneEpisode() throws Exception {
    send("a", 0, 1.2);
    send("a", GAP, 1.1);
    send("a", GAP + 1, 0.5);

    assertThat(events()).extracting(AnomalyEvent::kind).containsExactly(Kind.OPENED);
  }

  @Test
  void anEpisodeClosesWhenEventTimeHasPassedTheGap() throws Exception {
    send("a", 0, 1.2);
    send("a", 1_000, 1.4);

    harness.processWatermark(1_000 + GAP);
    assertThat(events()).hasSize(1);
    harness.processWatermark(1_000 + GAP + 1);

    assertThat(events())
        .extracting(
            AnomalyEvent::kind, event -> event.worst().score(), event -> event.episode().records())
        .containsExactly(tuple(Kind.OPENED, 1.2, 1L), tuple(Kind.CLOSED, 1.4, 2L));
  }

  @Test
  void theNextAnomalyAfterTheGapOpensAnotherEpisodeThoughNoWatermarkCameBetween() throws Exception {
    send("a", 0, 1.2);
    send("a", GAP + 1, 1.3);

    assertThat(events())
        .extracting(AnomalyEvent::kind)
        .containsExactly(Kind.OPENED, Kind.CLOSED, Kind.OPENED);
    assertThat(events().get(1).episode().id()).isEqualTo(events().get(0).id());
    assertThat(events().get(2).episode().id()).isEqualTo(events().get(2).id());
  }

  @Test
  void onlyAClearlyStrangerRecordWorsensAnEpisode() throws Exception {
    send("a", 0, 1.0);
    send("a", 1, 1.4);
    send("a", 2, 1.5);
    send("a", 3, 2.0);
    send("a", 4, 2.25);

    assertThat(events())
        .extracting(AnomalyEvent::kind, event -> event.worst().score())
        .containsExactly(
            tuple(Kind.OPENED, 1.0), tuple(Kind.WORSENED, 1.5), tuple(Kind.WORSENED, 2.25));
    assertThat(events())
        .extracting(event -> event.episode().id())
        .containsOnly(events().get(0).id());
  }

  @Test
  void aSeriesFarBehindTheWatermarkPagesOncePerEpisodeHoweverTheWatermarkMoves() throws Exception {
    harness.processWatermark(10 * GAP);
    for (int i = 0; i < 5; i++) {
      send("a", 1_000L * i, 1.2);
      harness.processWatermark(10 * GAP + 1 + i);
    }
    assertThat(events()).extracting(AnomalyEvent::kind).containsExactly(Kind.OPENED);

    harness.processWatermark(11 * GAP + 5);

    assertThat(events())
        .extracting(AnomalyEvent::kind, event -> event.episode().records())
        .containsExactly(tuple(Kind.OPENED, 1L), tuple(Kind.CLOSED, 5L));
  }

  @Test
  void anAnomalyWithinTheGapOfAClosedEpisodeContinuesItWithoutPagingAgain() throws Exception {
    send("a", 0, 1.2);
    harness.processWatermark(2 * GAP);

    send("a", GAP, 1.1);
    harness.processWatermark(4 * GAP);
    send("a", 2 * GAP + 1, 1.1);

    assertThat(events())
        .extracting(AnomalyEvent::kind, event -> event.episode().records())
        .containsExactly(
            tuple(Kind.OPENED, 1L),
            tuple(Kind.CLOSED, 1L),
            tuple(Kind.CLOSED, 2L),
            tuple(Kind.OPENED, 1L));
    assertThat(events()).extracting(AnomalyEvent::id).doesNotHaveDuplicates();
    assertThat(events().get(2).episode().id()).isEqualTo(events().get(0).id());
  }

  @Test
  void aClosedEpisodeIsForgottenAfterTheSeriesHasBeenSilentForLong() throws Exception {
    send("a", 0, 1.2);

    harness.processWatermark(FORGET_AFTER);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    harness.processWatermark(FORGET_AFTER + 1);

    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void seriesDoNotShareEpisodes() throws Exception {
    send("a", 0, 1.2);
    send("b", 0, 1.2);

    assertThat(events()).extracting(AnomalyEvent::kind).containsExactly(Kind.OPENED, Kind.OPENED);
  }

  @Test
  void anEpisodeSurvivesARestore() throws Exception {
    send("a", 0, 1.2);
    var snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();

    send("a", 10, 1.3);
    harness.processWatermark(10 + GAP + 1);

    assertThat(events())
        .extracting(AnomalyEvent::kind, event -> event.episode().records())
        .containsExactly(tuple(Kind.CLOSED, 2L));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ScoredRecord, AnomalyEvent>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new AlertOnAnomalies(TestConfig.of())),
        ScoredRecord::series,
        Types.STRING);
  }

  private void send(String series, long time, double score) throws Exception {
    Judgement judgement =
        new Judgement(
            TestDecisions.activated("v000001", 0, 0),
            false,
            new Nats(1, 1, Double.NaN),
            new Rank(score, 0.1, true, 0.1),
            null,
            null,
            null,
            null);
    ScoredRecord scored =
        new ScoredRecord(
            series,
            time,
            time,
            new Place(0, time),
            -1,
            ScoredRecord.Status.SCORED,
            false,
            judgement);
    harness.processElement(scored, time);
  }

  private List<AnomalyEvent> events() {
    return harness.extractOutputValues();
  }
}
