package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.stream.Judgement;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.calibrate.SmoothedCalibration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detecting operator with {@code alert.smooth}: means per series, whatever the batches. */
final class SmoothingTest {
  private static final String SMOOTH = "alert: {smooth: %d}".formatted(TestModels.SMOOTHED);

  @TempDir private Path store;

  private final CorrelatedSensors sensors = new CorrelatedSensors(7);
  private long nextOffset;

  @Test
  void bothScoresAreEmittedAndTheStrangerOfRecordAndMeanAlarms() throws Exception {
    Calibration calibration = TestModels.artifact(1, 1).manifest().calibration();
    SmoothedCalibration smoothed = calibration.smoothed().orElseThrow();
    double border = calibration.borderPValue(new RecordRate(0.001, TestModels.SMOOTHED));
    try (DetectHarness detect = DetectHarness.of(store, SMOOTH, "batch: {size: 9}")) {
      detect.activate(1, 0, 0);
      for (int time = 1; time <= 6; time++) {
        detect.send(record("x", time, time == 3), record("y", time, false));
      }
      detect.watermark(6);

      List<ScoredRecord> scores = scoresOf("x", detect);
      RecentScores recent = new RecentScores(TestModels.SMOOTHED);
      for (ScoredRecord one : scores) {
        Judgement.Smoothed said = smoothed(one);
        double mean = recent.add(smoothed.standardised(said.statistic()));
        assertThat(calibration.pValue(said.statistic())).isEqualTo(one.pValue());
        assertThat(said.mean()).isEqualTo(mean);
        assertThat(said.meanPValue()).isCloseTo(smoothed.means().pValue(mean), within(1e-15));
        double larger = Math.max(-Math.log(one.pValue()), -Math.log(said.meanPValue()));
        assertThat(one.smoothedPValue())
            .isCloseTo(smoothed.together().pValue(larger), within(1e-12));
        assertThat(one.smoothedScore())
            .isCloseTo(Math.log(one.smoothedPValue()) / Math.log(border), within(1e-12));
      }
      assertThat(scores).allMatch(one -> one.isAnomalous() == one.smoothedScore() >= 1);
      assertThat(scores).allMatch(one -> one.isAnomalous() == (one.blame() != null));
      assertThat(scores).extracting(ScoredRecord::isAnomalous).startsWith(false, false, true);
      assertThat(scoresOf("y", detect)).noneMatch(ScoredRecord::isAnomalous);
    }
  }

  private static Judgement.Smoothed smoothed(ScoredRecord record) {
    return Objects.requireNonNull(Objects.requireNonNull(record.judgement()).smoothed());
  }

  @Test
  void batchesAndARestoreChangeNoBit() throws Exception {
    List<Observation> records = mixed(60);
    try (DetectHarness whole = DetectHarness.of(store, SMOOTH, "batch: {size: 64}");
        DetectHarness before = DetectHarness.of(store, SMOOTH, "batch: {size: 7}")) {
      whole.activate(1, 0, 0);
      whole.sendAll(records);
      whole.watermark(1_000);
      before.activate(1, 0, 0);
      before.sendAll(records.subList(0, 31));

      try (DetectHarness after =
          DetectHarness.restored(before.snapshot(), store, SMOOTH, "batch: {size: 1}")) {
        after.sendAll(records.subList(31, 60));

        assertThat(before.bits()).isEqualTo(whole.bits().subList(0, 31));
        assertThat(after.bits()).isEqualTo(whole.bits().subList(31, 60));
      }
    }
  }

  @Test
  void theMeanIsAFunctionOfTheLastRecordsAlone() throws Exception {
    List<Observation> records = mixed(60);
    try (DetectHarness all = DetectHarness.of(store, SMOOTH, "batch: {size: 60}");
        DetectHarness late = DetectHarness.of(store, SMOOTH, "batch: {size: 39}")) {
      all.activate(1, 0, 0);
      late.activate(1, 0, 0);

      all.sendAll(records);
      late.sendAll(records.subList(21, 60));

      // three series in turn, the first eight records of each are the lead-in
      assertThat(late.bits().subList(24, 39)).isEqualTo(all.bits().subList(45, 60));
    }
  }

  @Test
  void aSeriesStartsAgainAfterAGapAndIsForgottenWithItsWindow() throws Exception {
    try (DetectHarness detect =
        DetectHarness.of(
            store, SMOOTH, "batch: {size: 4}", "series: {max-gap: 1s, forget-after: 10s}")) {
      detect.activate(1, 0, 0);
      Observation strange = record("x", 1, true);
      Observation last = record("x", 2_003, false);
      detect.send(strange, record("x", 2, true), record("x", 3, true), last);
      int kept = detect.keptSeries();
      detect.send(record("y", 3_000, false));

      detect.watermark(30_000);

      ScoredRecord first = scoresOf("x", detect).get(0);
      ScoredRecord restarted = scoresOf("x", detect).get(3);
      assertThat(first.isAnomalous()).isTrue();
      assertThat(smoothed(restarted).mean())
          .isEqualTo(
              new RecentScores(TestModels.SMOOTHED)
                  .add(
                      TestModels.artifact(1, 1)
                          .manifest()
                          .calibration()
                          .smoothed()
                          .orElseThrow()
                          .standardised(smoothed(restarted).statistic())));
      assertThat(kept).isPositive();
      assertThat(detect.keptSeries()).isZero();
    }
  }

  @Test
  void aModelThatIsRefusedInMidBatchCountsNoRecordTwice() throws Exception {
    List<Observation> records = new ArrayList<>(mixed(11));
    records.add(
        new Observation("x", 500, TestModels.POISON.clone(), -1, new Place(0, 99), 500, null));
    records.addAll(List.of(record("x", 501, false), record("x", 502, false)));
    try (DetectHarness detect = DetectHarness.of(store, SMOOTH, "batch: {size: 14}");
        DetectHarness incumbent = DetectHarness.of(store, SMOOTH, "batch: {size: 14}")) {
      incumbent.activate(1, 0, 0);
      detect.activate(1, 0, 0);
      detect.announce(TestModels.activation(TestModels.publishPoisoned(store, 2), 1, 0));

      incumbent.sendAll(records);
      detect.sendAll(records);

      assertThat(detect.bits()).isEqualTo(incumbent.bits()).hasSize(14);
    }
  }

  private static List<ScoredRecord> scoresOf(String series, DetectHarness detect) {
    return detect.scores().stream().filter(one -> one.series().equals(series)).toList();
  }

  /** Of three series in turn, some of them strange. */
  private List<Observation> mixed(int count) {
    List<Observation> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(List.of("x", "y", "z").get(i % 3), i + 1, i % 11 == 10));
    }
    return records;
  }

  private Observation record(String series, long time, boolean broken) {
    float[] features = broken ? sensors.broken() : sensors.normal();
    return new Observation(series, time, features, -1, new Place(0, nextOffset++), time, null);
  }
}
