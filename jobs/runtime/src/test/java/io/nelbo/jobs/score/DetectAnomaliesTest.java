package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.stream.ScoredRecord.Status;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.LogLines;
import io.nelbo.jobs.testing.OpenDetectors;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.detect.Detector;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator in Flink's harness: order, windows, batches, models, state. */
final class DetectAnomaliesTest {
  @TempDir private Path store;

  private final CorrelatedSensors sensors = new CorrelatedSensors(7);
  private long nextOffset;

  // --- order ---

  @Test
  void withoutABoundThePartitionsOrderIsTakenAndWhatComesAfterALaterRecordIsLate()
      throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 1}")) {
      detect.send(record("x", 10), record("x", 30), record("x", 20), record("x", 30));
      detect.send(record("y", 5), record("x", 31));

      assertThat(detect.scores())
          .extracting(ScoredRecord::series, ScoredRecord::eventTimeMillis)
          .containsExactly(tuple("x", 10L), tuple("x", 30L), tuple("y", 5L), tuple("x", 31L));
      assertThat(detect.late()).extracting(Observation::eventTimeMillis).containsExactly(20L, 30L);
    }
  }

  @Test
  void withABoundEachSeriesIsReleasedInTheOrderOfItsOwnEventTime() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(store, "batch: {size: 1}", "order: {bound: 10ms}")) {
      detect.send(record("x", 10), record("x", 5), record("y", 1_000), record("x", 12));
      assertThat(detect.scores()).isEmpty();

      detect.send(record("x", 20));
      assertThat(detect.times("x")).containsExactly(5L, 10L);

      detect.send(record("x", 11), record("x", 10), record("x", 22));
      assertThat(detect.times("x")).containsExactly(5L, 10L, 11L, 12L);
      assertThat(detect.times("y")).isEmpty();
      assertThat(detect.late()).extracting(Observation::eventTimeMillis).containsExactly(10L);
    }
  }

  @Test
  void ofTwoRecordsOfOneSeriesAndTimeTheLowerOffsetCounts() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(store, "batch: {size: 1}", "order: {bound: 10ms}")) {
      Observation first = record("x", 10);
      Observation second = record("x", 10);
      detect.send(second, first, record("x", 30));

      assertThat(detect.scores()).extracting(ScoredRecord::offset).containsExactly(first.offset());
      assertThat(detect.late()).extracting(Observation::offset).containsExactly(second.offset());
    }
  }

  @Test
  void whatWaitsForSuccessorsInVainIsReleasedByTheWatermark() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "order: {bound: 10ms}")) {
      detect.send(record("x", 100), record("x", 95));

      detect.watermark(109);
      assertThat(detect.times("x")).isEmpty();
      detect.watermark(110);

      assertThat(detect.times("x")).containsExactly(95L, 100L);
      detect.send(record("x", 99), record("x", 101));
      detect.watermark(200);
      assertThat(detect.times("x")).containsExactly(95L, 100L, 101L);
      assertThat(detect.late()).extracting(Observation::eventTimeMillis).containsExactly(99L);
    }
  }

  @Test
  void aSeriesBehindTheWatermarkWaitsForItsSuccessorsAsLongAsAnyOther() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "order: {bound: 10ms}")) {
      detect.watermark(1_000);

      detect.send(record("x", 10));
      detect.watermark(1_001);
      detect.send(record("x", 5));
      detect.watermark(1_010);
      assertThat(detect.times("x")).isEmpty();
      detect.watermark(1_011);

      assertThat(detect.times("x")).containsExactly(5L, 10L);
      assertThat(detect.late()).isEmpty();
    }
  }

  // --- windows ---

  @Test
  void aWindowScoresOnceItIsFullAndRestartsAfterAGap() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(
            store,
            "alert: {smooth: 1}",
            "window: {length: 4}",
            "batch: {size: 1}",
            "series: {max-gap: 1s}")) {
      detect.activate(1, 0, 0);

      for (long time : new long[] {0, 1_000, 2_000, 3_000, 4_000, 5_001, 6_000, 7_000, 8_000}) {
        detect.send(record("x", time));
      }

      assertThat(detect.scores())
          .extracting(ScoredRecord::windowStartMillis, ScoredRecord::status)
          .containsExactly(
              tuple(0L, Status.WINDOW_INCOMPLETE),
              tuple(0L, Status.WINDOW_INCOMPLETE),
              tuple(0L, Status.WINDOW_INCOMPLETE),
              tuple(0L, Status.SCORED),
              tuple(1_000L, Status.SCORED),
              tuple(5_001L, Status.WINDOW_INCOMPLETE),
              tuple(5_001L, Status.WINDOW_INCOMPLETE),
              tuple(5_001L, Status.WINDOW_INCOMPLETE),
              tuple(5_001L, Status.SCORED));
    }
  }

  @Test
  void aSeriesThatWasSilentForLongIsForgottenAndItsStateWithIt() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(store, "series: {max-gap: 1s, forget-after: 10s}")) {
      detect.send(record("x", 1_000), record("y", 1_000), record("y", 8_000));

      detect.watermark(10_999);
      assertThat(detect.keptSeries()).isEqualTo(2);
      detect.watermark(11_000);
      assertThat(detect.keptSeries()).isEqualTo(1);
      detect.watermark(18_000);

      assertThat(detect.keptSeries()).isZero();
      assertThat(detect.pendingTimers()).isZero();
    }
  }

  @Test
  void aSeriesFarBehindTheWatermarkKeepsItsWindow() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(
            store,
            "alert: {smooth: 1}",
            "window: {length: 4}",
            "batch: {size: 1}",
            "series: {max-gap: 1s, forget-after: 10s}")) {
      detect.watermark(100_000);

      for (int i = 0; i < 4; i++) {
        detect.send(record("x", 1_000L * i));
        detect.watermark(100_001 + i);
      }

      assertThat(detect.scores()).extracting(ScoredRecord::windowStartMillis).containsOnly(0L);
      detect.watermark(110_002);
      assertThat(detect.keptSeries()).isEqualTo(1);
      detect.watermark(110_003);
      assertThat(detect.keptSeries()).isZero();
    }
  }

  @Test
  void oneTimerPerSeriesIsPendingHoweverManyRecordsCome() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "order: {bound: 10ms}")) {
      for (int time = 0; time < 500; time++) {
        detect.send(record("x", time));
      }

      assertThat(detect.pendingTimers()).isEqualTo(1);
    }
  }

  // --- batches ---

  @Test
  void aBatchIsFlushedWhenFull() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 3}")) {
      detect.send(record("x", 1), record("y", 1));
      assertThat(detect.scores()).isEmpty();

      detect.send(record("x", 2));

      assertThat(detect.scores()).hasSize(3);
    }
  }

  @Test
  void aBatchIsFlushedWhenOld() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 100, age: 20ms}")) {
      detect.processingTime(1_000);
      detect.send(record("x", 1));
      detect.processingTime(1_015);
      assertThat(detect.scores()).isEmpty();

      detect.processingTime(1_030);

      assertThat(detect.scores()).hasSize(1);
    }
  }

  @Test
  void aBatchIsFlushedBeforeACheckpointBarrierPasses() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store)) {
      detect.send(record("x", 1));

      detect.harness().prepareSnapshotPreBarrier(1);

      assertThat(detect.scores()).hasSize(1);
    }
  }

  @Test
  void aBatchIsFlushedBeforeAWatermarkIsForwarded() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "order: {bound: 10ms}")) {
      detect.send(record("x", 1), record("x", 20), record("y", 2));

      detect.watermark(12);

      assertThat(detect.output().subList(0, 2)).noneMatch(Watermark.class::isInstance);
      assertThat(detect.output().get(2)).isEqualTo(new Watermark(12));
      assertThat(detect.scores())
          .extracting(ScoredRecord::series, ScoredRecord::eventTimeMillis)
          .containsExactly(tuple("x", 1L), tuple("y", 2L));
    }
  }

  @Test
  void aBatchIsFlushedAtTheEndOfInput() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store)) {
      detect.send(record("x", 1));
      detect.harness().endInput2();
      assertThat(detect.scores()).isEmpty();

      detect.harness().endInput1();

      assertThat(detect.scores()).hasSize(1);
    }
  }

  // --- models ---

  @Test
  void eachRecordIsScoredByTheModelThatGovernsItsEventTimeAndResultsKeepTheInputsOrder()
      throws Exception {
    List<Observation> records =
        List.of(
            record("x", 150),
            record("y", 90),
            record("z", 250),
            record("u", 199),
            record("v", 200));
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 5}")) {
      detect.activate(2, 1, 200);
      detect.activate(1, 0, 100);

      detect.sendAll(records);

      assertThat(detect.scores())
          .extracting(ScoredRecord::series, DetectHarness::version)
          .containsExactly(
              tuple("x", "v000001"),
              tuple("y", ""),
              tuple("z", "v000002"),
              tuple("u", "v000001"),
              tuple("v", "v000002"));
      assertThat(detect.scores().get(1).status()).isEqualTo(Status.NO_MODEL);
    }
    // Mixed or alone: the same bits.
    try (DetectHarness alone = DetectHarness.of(store, "batch: {size: 1}");
        DetectHarness mixed = DetectHarness.of(store, "batch: {size: 5}")) {
      for (DetectHarness detect : List.of(alone, mixed)) {
        detect.activate(1, 0, 100);
        detect.activate(2, 1, 200);
        detect.sendAll(records);
      }
      assertThat(mixed.bits()).isEqualTo(alone.bits()).hasSize(5);
    }
  }

  @Test
  void ofTheModelsKnownBeforeAStartOnlyThoseThatAreNeededAreLoaded() throws Exception {
    try (DetectHarness before = DetectHarness.of(store)) {
      before.activate(1, 0, 0);
      before.activate(2, 1, 100);

      try (DetectHarness after = DetectHarness.restored(before.snapshot(), store)) {
        after.activate(1, 0, 0); // as the model topic is read from its beginning
        after.activate(2, 1, 100);
        after.send(record("x", 150));
        after.watermark(150);
        assertThat(after.opened()).containsExactly("v000002");

        after.send(record("y", 50));
        after.watermark(151);
        assertThat(after.opened()).containsExactly("v000002", "v000001");
      }
    }
  }

  @Test
  void aRecordWithTooLittleObservedHasNoScoreAndSaysSo() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 2}")) {
      detect.activate(1, 0, 0);

      detect.send(
          record("x", 1, new float[] {Float.NaN, Float.NaN, 1}),
          record("x", 2, new float[] {Float.NaN, 10, -5}));

      assertThat(detect.scores())
          .extracting(ScoredRecord::status)
          .containsExactly(Status.TOO_FEW_OBSERVED, Status.SCORED);
    }
  }

  @Test
  void aBrokenCorrelationIsAnomalousAndTheRightFeatureIsToBlame() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 50}")) {
      detect.activate(1, 0, 0);

      for (int i = 0; i < 49; i++) {
        detect.send(record("s0", i));
      }
      detect.send(record("s0", 49, sensors.broken()));

      List<ScoredRecord> scores = detect.scores();
      assertThat(scores.subList(0, 49).stream().filter(ScoredRecord::isAnomalous))
          .hasSizeLessThan(3);
      assertThat(scores.get(49).isAnomalous()).isTrue();
      assertThat(scores.get(49).blame())
          .satisfies(blame -> assertThat(blame.features()[0]).isEqualTo("b"));
    }
  }

  @Test
  void aModelThatFailsOnOneRecordIsRefusedAndItsRecordsGoToItsIncumbent() throws Exception {
    List<Observation> records =
        List.of(
            record("x", 1),
            record("x", 2, TestModels.POISON.clone()),
            record("x", 3),
            record("x", 4));
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 3}");
        DetectHarness incumbent = DetectHarness.of(store, "batch: {size: 3}")) {
      incumbent.activate(1, 0, 0);
      incumbent.sendAll(records);
      incumbent.watermark(10);
      detect.activate(1, 0, 0);
      detect.announce(TestModels.activation(TestModels.publishPoisoned(store, 2), 1, 0));

      detect.sendAll(records);
      detect.watermark(10);

      assertThat(detect.scores()).extracting(DetectHarness::version).containsOnly("v000001");
      assertThat(detect.bits()).isEqualTo(incumbent.bits()).hasSize(4);
    }
  }

  @Test
  void aModelThatCannotBeReachedLeavesTheRecordsToAnIncumbentThatMustBeLoadedFirst()
      throws Exception {
    try (DetectHarness detect =
        DetectHarness.unreachable(
            "v000002",
            store,
            "model: {store: %s, device: cpu, load-timeout: 2s}".formatted(store),
            "batch: {size: 2}")) {
      detect.activate(1, 0, 100);
      detect.activate(2, 1, 0);

      detect.send(record("x", 50), record("x", 150));

      assertThat(detect.scores())
          .extracting(ScoredRecord::status, DetectHarness::version, ScoredRecord::overdue)
          .containsExactly(tuple(Status.NO_MODEL, "", true), tuple(Status.SCORED, "v000001", true));
    }
  }

  // --- state ---

  @Test
  void anActivationThatGovernsRecordsWhichHaveBeenScoredIsSaidSo() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 1}")) {
      LogLines log = LogLines.fromNowOn();
      detect.activate(1, 0, 0);
      detect.send(record("x", 100));

      detect.activate(2, 1, 101);
      detect.activate(3, 2, 100);

      assertThat(log.lines())
          .filteredOn(line -> line.contains("a longer model.activation-delay"))
          .singleElement()
          .asString()
          .startsWith("model test v000003 governs from 1970-01-01T00:00:00.100Z on");
    }
  }

  @Test
  void aSubtaskWithoutRecordsClosesTheModelsThatWereReplaced() throws Exception {
    List<Detector> handedOut = new CopyOnWriteArrayList<>();
    try (DetectHarness detect =
        DetectHarness.of(
            store,
            config -> {
              StoreDetectorFactory stored = ConfiguredModels.detectors(config);
              return notice -> {
                Detector detector = stored.open(notice);
                handedOut.add(detector);
                return detector;
              };
            })) {
      detect.watermark(1);
      for (int version = 1; version <= 8; version++) {
        int so = version;
        detect.activate(version, version, 10L * version);
        Await.until("model " + version + " is open", () -> handedOut.size() == so);
      }
      detect.watermark(1_000);
      detect.activate(9, 9, 2_000);

      Await.until(
          "all but the newest few are closed",
          () -> handedOut.stream().filter(OpenDetectors::isOpen).count() <= 4);
    }
  }

  @Test
  void aTopicThatWasMadeAnewCountsMoreThanWhatIsRemembered() throws Exception {
    try (DetectHarness before = DetectHarness.of(store)) {
      before.activate(1, 0, 0);
      before.activate(2, 1, 0);
      ModelNotice only = before.activation(3, 0, 0);

      try (DetectHarness after =
          DetectHarness.restored(before.snapshot(), () -> List.of(only), store)) {
        after.send(record("x", 150));
        after.watermark(150);

        assertThat(after.scores()).extracting(DetectHarness::version).containsExactly("v000003");
      }
    }
  }

  @Test
  void aTopicThatIsMadeAnewWhileTheJobRunsCountsToo() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 1}")) {
      detect.activate(1, 0, 0);
      detect.activate(2, 1, 0);
      detect.send(record("x", 150));

      detect.activate(3, 0, 0);
      detect.send(record("x", 151));

      assertThat(detect.scores())
          .extracting(DetectHarness::version)
          .containsExactly("v000002", "v000003");
    }
  }

  @Test
  void aTopicThatHasLostItsOldestEventsTakesNothingFromWhatIsRemembered() throws Exception {
    try (DetectHarness before = DetectHarness.of(store)) {
      before.activate(1, 0, 0);
      before.activate(2, 1, 100);
      ModelNotice newest = before.activation(2, 1, 100);

      try (DetectHarness after =
          DetectHarness.restored(before.snapshot(), () -> List.of(newest), store)) {
        after.send(record("x", 50), record("y", 150));
        after.watermark(150);

        assertThat(after.scores())
            .extracting(DetectHarness::version)
            .containsExactly("v000001", "v000002");
      }
    }
  }

  @Test
  void windowsAndModelsSurviveARestore() throws Exception {
    List<Observation> records =
        List.of(record("x", 1), record("x", 2), record("x", 3), record("x", 4), record("x", 5));
    String[] settings = {"alert: {smooth: 1}", "window: {length: 4}", "batch: {size: 1}"};
    try (DetectHarness whole = DetectHarness.of(store, settings);
        DetectHarness before = DetectHarness.of(store, settings)) {
      whole.activate(1, 0, 0);
      whole.sendAll(records);
      before.activate(1, 0, 0);
      before.sendAll(records.subList(0, 3));

      try (DetectHarness after = DetectHarness.restored(before.snapshot(), store, settings)) {
        after.send(record("x", 3)); // released before the restore: late
        after.sendAll(records.subList(3, 5));

        assertThat(after.late()).hasSize(1);
        assertThat(after.bits()).isEqualTo(whole.bits().subList(3, 5));
        assertThat(after.scores()).extracting(ScoredRecord::status).containsOnly(Status.SCORED);
      }
    }
  }

  @Test
  void aForgottenSeriesReleasesWhatStillWaits() throws Exception {
    String[] settings = {"order: {bound: 1h}", "series: {max-gap: 1s, forget-after: 10s}"};
    try (DetectHarness detect = DetectHarness.of(store, settings)) {
      detect.send(record("x", 10), record("x", 4));

      detect.watermark(3_700_000);

      assertThat(detect.scores()).hasSize(2);
      assertThat(detect.late()).isEmpty();
    }
  }

  @Test
  void anotherWindowLengthAfterARestoreStartsNewWindows() throws Exception {
    try (DetectHarness before = DetectHarness.of(store, "window: {length: 2}")) {
      before.send(record("x", 1), record("x", 2));

      String[] longer = {"window: {length: 3}", "batch: {size: 1}"};
      try (DetectHarness after = DetectHarness.restored(before.snapshot(), store, longer)) {
        after.send(record("x", 3), record("x", 4));

        assertThat(after.scores())
            .extracting(ScoredRecord::status)
            .containsOnly(Status.WINDOW_INCOMPLETE);
      }
    }
  }

  @Test
  void aStateOfOtherColumnsIsRefused() throws Exception {
    try (DetectHarness before = DetectHarness.of(store)) {
      before.send(record("x", 1));
      OperatorSubtaskState state = before.snapshot();

      assertThatThrownBy(
              () -> DetectHarness.restored(state, store, "context: {calendar: [hour-of-day]}"))
          .hasMessage(
              "the state to restore holds records with features [a, b, c] and context [], the"
                  + " configuration names features [a, b, c] and context [sine of hour-of-day in"
                  + " UTC, cosine of hour-of-day in UTC]: start the job without that state, or go"
                  + " back to the configuration that it was written with");
    }
  }

  @Test
  void whatWaitsForItsOrderSurvivesARestore() throws Exception {
    String[] settings = {"order: {bound: 10ms}", "batch: {size: 1}"};
    try (DetectHarness before = DetectHarness.of(store, settings)) {
      before.send(record("x", 10), record("x", 4));

      try (DetectHarness after = DetectHarness.restored(before.snapshot(), store, settings)) {
        after.send(record("x", 7));
        after.watermark(20);

        assertThat(after.times("x")).containsExactly(4L, 7L, 10L);
      }
    }
  }

  private Observation record(String series, long time) {
    return record(series, time, sensors.normal());
  }

  private Observation record(String series, long time, float[] features) {
    return new Observation(series, time, features, -1, new Place(0, nextOffset++), time, null);
  }
}
