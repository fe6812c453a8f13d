package io.nelbo.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.train.SyntheticPlant;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.window.WindowBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DetectorTest {
  private static final DetectorSettings SETTINGS = new DetectorSettings(0.01, 0.5, "cpu");
  private static final String KNOWN = "pump";

  private static ModelArtifact artifact;
  private static ModelArtifact windowed;

  @BeforeAll
  static void trainOnce() throws Exception {
    artifact = train(1, 1000);
    windowed = train(4, 300);
  }

  @Test
  void findsABrokenRelationInsideEveryFeaturesNormalRange() {
    SyntheticPlant plant = new SyntheticPlant(77);
    WindowBatch batch = new WindowBatch(1000, 1, SyntheticPlant.FEATURES);
    boolean[] anomalous = new boolean[1000];
    for (int row = 0; row < 1000; row++) {
      anomalous[row] = row % 2 == 1;
      add(batch, KNOWN, anomalous[row] ? plant.brokenRecord(KNOWN, 1) : plant.record(KNOWN));
    }
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      Detections detections = detector.detect(batch);

      double[] statistics = new double[1000];
      Arrays.setAll(statistics, detections::statistic);
      assertThat(areaUnderTheCurve(statistics, anomalous)).isGreaterThan(0.9);
    }
  }

  @Test
  void honoursTheAskedRateOnNormalRecordsItHasNeverSeen() {
    SyntheticPlant plant = new SyntheticPlant(78);
    DetectorSettings fivePercent = new DetectorSettings(0.05, 0.5, "cpu");
    WindowBatch batch = new WindowBatch(4000, 1, SyntheticPlant.FEATURES);
    for (int row = 0; row < 4000; row++) {
      add(batch, KNOWN, plant.record(KNOWN));
    }
    try (Detector detector = Detector.open(artifact, fivePercent)) {
      Detections detections = detector.detect(batch);

      int alarms = 0;
      for (int row = 0; row < 4000; row++) {
        alarms += detections.anomalous(row) ? 1 : 0;
        assertThat(detections.anomalous(row)).isEqualTo(detections.pValue(row) <= 0.05);
      }
      assertThat(alarms / 4000.0).isBetween(0.02, 0.10);
    }
  }

  @Test
  void blamesTheFeatureThatBrokeAndExpectsItsNormalValue() {
    SyntheticPlant plant = new SyntheticPlant(79);
    WindowBatch batch = new WindowBatch(1, 1, SyntheticPlant.FEATURES);
    float[] record = plant.observe(KNOWN, 1, -0.5);
    float normal = record[4];
    record[4] = normal - 12;
    add(batch, KNOWN, record);
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      List<Attribution> attributions = detector.explain(batch, List.of(0), 3).get(0);

      assertThat(attributions).hasSize(3);
      Attribution worst = attributions.get(0);
      assertThat(worst.feature()).isEqualTo("f4");
      assertThat(worst.share()).isGreaterThan(0.7);
      assertThat(worst.observed()).isEqualTo(record[4], within(1e-4));
      assertThat(worst.expected()).isEqualTo(normal, within(3.0));
      assertThat(worst.expectedStandardDeviation()).isBetween(0.1, 5.0);
    }
  }

  @Test
  void ranksTheQuietFeaturesTooAndGivesOutSharesThatAddUpToOne() {
    SyntheticPlant plant = new SyntheticPlant(81);
    WindowBatch batch = new WindowBatch(1, 1, SyntheticPlant.FEATURES);
    float[] record = plant.observe(KNOWN, 1, -0.5);
    record[4] -= 12;
    add(batch, KNOWN, record);
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      List<Double> shares =
          detector.explain(batch, List.of(0), SyntheticPlant.FEATURES).get(0).stream()
              .map(Attribution::share)
              .toList();

      assertThat(shares).hasSize(SyntheticPlant.FEATURES).allMatch(share -> share > 0);
      assertThat(shares).isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(shares.stream().mapToDouble(share -> share).sum()).isEqualTo(1, within(1e-9));
    }
  }

  @Test
  void scoresARecordWithoutAMissingFeatureAndSaysWhenTooManyAreMissing() {
    SyntheticPlant plant = new SyntheticPlant(80);
    WindowBatch batch = new WindowBatch(3, 1, SyntheticPlant.FEATURES);
    float[] oneMissing = plant.record(KNOWN);
    oneMissing[2] = Float.NaN;
    float[] mostMissing = plant.record(KNOWN);
    for (int feature = 0; feature < 4; feature++) {
      mostMissing[feature] = Float.NaN;
    }
    add(batch, KNOWN, plant.record(KNOWN));
    add(batch, KNOWN, mostMissing);
    add(batch, KNOWN, oneMissing);
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      Detections detections = detector.detect(batch);

      assertThat(detections.observed(0)).isTrue();
      assertThat(detections.observed(1)).isFalse();
      assertThat(detections.score(1)).isNaN();
      assertThat(detections.anomalous(1)).isFalse();
      assertThat(detections.observed(2)).isTrue();
      assertThat(detections.statistic(2)).isFinite();
      assertThat(detections.pValue(2)).isGreaterThan(1e-3);
    }
  }

  @Test
  void marksSeriesThatTrainingHasNotSeen() {
    SyntheticPlant plant = new SyntheticPlant(81);
    WindowBatch batch = new WindowBatch(2, 1, SyntheticPlant.FEATURES);
    add(batch, KNOWN, plant.record(KNOWN));
    add(batch, "stranger", plant.record(KNOWN));
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      Detections detections = detector.detect(batch);

      assertThat(detections.cold(0)).isFalse();
      assertThat(detections.cold(1)).isTrue();
    }
  }

  @Test
  void aWindowsNewestRecordAlarmsAndItsSuccessorsDoNot() {
    SyntheticPlant plant = new SyntheticPlant(82);
    float[][] records = new float[8][];
    for (int i = 0; i < 8; i++) {
      records[i] = plant.record(KNOWN);
    }
    records[3] = plant.observe(KNOWN, 0, 0);
    records[3][0] += 30;
    WindowBatch batch = new WindowBatch(5, 4, SyntheticPlant.FEATURES);
    for (int newest = 3; newest < 8; newest++) {
      int offset = batch.add(KNOWN);
      for (int i = 0; i < 4; i++) {
        System.arraycopy(
            records[newest - 3 + i],
            0,
            batch.values(),
            offset + i * SyntheticPlant.FEATURES,
            SyntheticPlant.FEATURES);
      }
    }
    try (Detector detector = Detector.open(windowed, SETTINGS)) {
      Detections detections = detector.detect(batch);

      for (int row = 1; row < 5; row++) {
        assertThat(detections.anomalous(row)).as("row %s", row).isFalse();
      }
      assertThat(detections.anomalous(0)).isTrue();
      assertThat(detector.explain(batch, List.of(0), 1).get(0).get(0).feature()).isEqualTo("f0");
    }
  }

  @Test
  void refusesABatchOfAnotherShape() {
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      assertThatThrownBy(() -> detector.detect(new WindowBatch(1, 2, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the batch holds windows of 2 x 3, model v000001 scores 1 x 6");
    }
  }

  @Test
  void refusesAnArtifactWhoseTensorsContradictItsManifest() {
    Map<String, Tensor> tensors = new HashMap<>(artifact.tensors());
    tensors.put("decoder.mean.bias", new Tensor(new int[] {2}, new float[2]));
    ModelArtifact contradictory = new ModelArtifact(artifact.manifest(), tensors);

    assertThatThrownBy(() -> Detector.open(contradictory, SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor decoder.mean.bias has shape (2), expected (6)");
  }

  @Test
  void refusesADeviceThatDoesNotExist() {
    assertThatThrownBy(() -> Detector.open(artifact, new DetectorSettings(0.01, 0.5, "tpu")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be auto, cpu, gpu or gpu:<index>, got tpu");
  }

  private static ModelArtifact train(int windowLength, int steps) throws Exception {
    SyntheticPlant plant = new SyntheticPlant(9);
    return new Trainer()
        .train(
            SyntheticPlant.request(
                SyntheticPlant.span(
                    List.of(plant.segment(KNOWN, 3000, 0), plant.segment("fan", 1000, 0))),
                SyntheticPlant.config(windowLength, steps)),
            TrainingListener.NONE)
        .artifact();
  }

  private static void add(WindowBatch batch, String series, float[] record) {
    System.arraycopy(record, 0, batch.values(), batch.add(series), record.length);
  }

  /** Share of pairs of an anomalous and a normal row that are ranked rightly. */
  private static double areaUnderTheCurve(double[] statistics, boolean[] anomalous) {
    long pairs = 0;
    double right = 0;
    for (int i = 0; i < statistics.length; i++) {
      for (int j = 0; j < statistics.length; j++) {
        if (anomalous[i] && !anomalous[j]) {
          pairs++;
          right += statistics[i] > statistics[j] ? 1 : statistics[i] == statistics[j] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }
}
