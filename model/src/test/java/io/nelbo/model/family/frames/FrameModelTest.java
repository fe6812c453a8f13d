package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.gate.GatePolicy;
import io.nelbo.model.gate.GateSettings;
import io.nelbo.model.gate.PromotionGate;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.Recalibration;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From frames to a model and back, once, small: stripes of any phase, and blots on them. */
final class FrameModelTest {
  private static final Frames FRAMES = new Frames(48, 40, 1);
  private static final DetectorSettings SETTINGS =
      new DetectorSettings(new RecordRate(0.02, 1), 0.5, "cpu");
  private static final int TRAINED = 300;
  private static final int BLOT = 8;

  private static ModelArtifact artifact;

  @BeforeAll
  static void train() throws Exception {
    TrainingConfig config = TrainingConfig.ofFrames().ofCleanSpan().withSteps(60);
    artifact =
        new Trainer()
            .train(
                new TrainingRequest("m", 1, span(TRAINED, 1), config, "first"),
                TrainingListener.NONE)
            .artifact();
  }

  @Test
  void aFramesScoreIsTheSameToTheBitInAnyBatchAndPlace() {
    List<float[]> frames = frames(70, 2);
    double[] alone = new double[frames.size()];
    double[] together = new double[frames.size()];

    try (Detector detector = open(artifact)) {
      for (int i = 0; i < frames.size(); i++) {
        alone[i] = figures(detector.detect(batch(frames.subList(i, i + 1))), 0);
      }
      Detections all = detector.detect(batch(frames));
      for (int i = 0; i < frames.size(); i++) {
        together[i] = figures(all, i);
      }
    }

    assertThat(together).containsExactly(alone);
  }

  /** All of a row's figures in one. */
  private static double figures(Detections detections, int row) {
    return detections.negativeElbo(row)
        + 3 * detections.klDivergence(row)
        + 7 * detections.statistic(row);
  }

  @Test
  void aBlotIsFoundAndItsPlaceIsNamed() {
    List<float[]> good = frames(100, 3);
    List<float[]> blotted = frames(20, 4);
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> places = new ArrayList<>();
    for (float[] frame : blotted) {
      int x = random.nextInt(FRAMES.width() - BLOT);
      int y = random.nextInt(FRAMES.height() - BLOT);
      places.add(new int[] {x, y});
      for (int i = 0; i < BLOT * BLOT; i++) {
        frame[(y + i / BLOT) * FRAMES.width() + x + i % BLOT] = 20;
      }
    }

    try (Detector detector = open(artifact)) {
      Detections normal = detector.detect(batch(good));
      int alarms = 0;
      for (int i = 0; i < good.size(); i++) {
        alarms += normal.anomalous(i) ? 1 : 0;
      }
      Detections found = detector.detect(batch(blotted));
      for (int i = 0; i < blotted.size(); i++) {
        assertThat(found.anomalous(i)).as("blot %s", i).isTrue();
        assertThat(found.surprises(i)).hasSize(4);
      }
      assertThat(alarms).isLessThanOrEqualTo(6);

      List<FrameExplanation> explained =
          detector.explainFrames(batch(blotted), List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

      int hits = 0;
      for (int i = 0; i < explained.size(); i++) {
        FrameExplanation.Region worst = explained.get(i).regions().get(0);
        int[] place = places.get(i);
        hits +=
            worst.peakX() >= place[0] - 2
                    && worst.peakX() < place[0] + BLOT + 2
                    && worst.peakY() >= place[1] - 2
                    && worst.peakY() < place[1] + BLOT + 2
                ? 1
                : 0;
      }
      assertThat(hits).isGreaterThanOrEqualTo(9);
    }
  }

  @Test
  void anArtifactOnDiskIsTheSameModel(@TempDir Path folder) throws Exception {
    LocalArtifactStore store = new LocalArtifactStore(folder);
    List<float[]> frames = frames(5, 6);

    PublishedArtifact published = store.publish(artifact);
    ModelArtifact read = store.load(published.uri(), published.sha256());

    try (Detector before = open(artifact);
        Detector after = open(read)) {
      Detections expected = before.detect(batch(frames));
      Detections found = after.detect(batch(frames));
      for (int i = 0; i < frames.size(); i++) {
        assertThat(found.score(i)).isEqualTo(expected.score(i));
        assertThat(found.surprises(i)).containsExactly(expected.surprises(i));
      }
      assertThat(after.explainFrames(batch(frames), List.of(2)).get(0).map().values())
          .containsExactly(before.explainFrames(batch(frames), List.of(2)).get(0).map().values());
    }
  }

  @Test
  void aCalibrationOfOtherChannelsIsRefusedWhenItIsOpened() {
    Manifest manifest = artifact.manifest();
    Calibration calibration = manifest.calibration();
    ChannelCalibrations.Channel first = calibration.channels().orElseThrow().channels().get(0);
    ModelArtifact other =
        new ModelArtifact(
            manifest.recalibrated(
                manifest.version(),
                calibration.withChannels(new ChannelCalibrations(List.of(first))),
                manifest.provenance(),
                manifest.figures()),
            artifact.tensors());

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "calibration.channels must be [network, linear, local, nearest], what the network"
                + " gives, got [network]");
  }

  @Test
  void aMapThatIsNoNumberIsRefusedWhenItIsOpened() {
    Tensor mean = Tensor.named(MapModel.MEAN, artifact.tensors());
    float[] huge = new float[mean.values().length];
    Arrays.fill(huge, 1e38f);
    Map<String, Tensor> tensors = new HashMap<>(artifact.tensors());
    tensors.put(MapModel.MEAN, new Tensor(mean.shape(), huge));

    assertThatThrownBy(() -> open(new ModelArtifact(artifact.manifest(), tensors)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a place of a map is");
  }

  /** A camera over a scene without grain: every frame is the same to the bit. */
  @Test
  void ofFramesThatAreAllAlikeAnotherOneAlarmsAndTheSameOneDoesNot() throws Exception {
    float[] values = new float[200 * FRAMES.columnCount()];
    float[] one = frames(1, 11).get(0);
    long[] times = new long[200];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1000L * i;
      System.arraycopy(one, 0, values, i * one.length, one.length);
    }
    TrainingSpan span =
        new TrainingSpan(FRAMES, List.of(new Segment("camera", times, values)), 0, 200_000);
    TrainingConfig config = TrainingConfig.ofFrames().ofCleanSpan().withSteps(5);
    float[] blotted = one.clone();
    for (int i = 0; i < BLOT * BLOT; i++) {
      blotted[(5 + i / BLOT) * FRAMES.width() + 9 + i % BLOT] = 20;
    }

    ModelArtifact alike =
        new Trainer()
            .train(new TrainingRequest("m", 1, span, config, "first"), TrainingListener.NONE)
            .artifact();

    try (Detector detector = open(alike)) {
      Detections found = detector.detect(batch(List.of(one, blotted)));
      assertThat(found.anomalous(0)).isFalse();
      assertThat(found.anomalous(1)).isTrue();
    }
  }

  @Test
  void theGatePlantsFaultsOfScenesIntoFramesThatAreHeldOut() throws Exception {
    PromotionGate gate = new PromotionGate(new GateSettings(GatePolicy.NOT_WORSE, SETTINGS, 1));

    GateOutcome outcome = gate.judge(artifact, List.of(artifact), span(TRAINED, 1), span(150, 8));

    assertThat(outcome).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(outcome.figures())
        .containsKeys("power_blot", "power_scratch", "power_displaced", "power_local_light")
        .doesNotContainKeys("power_spike", "baseline_negative_elbo");
    assertThat(outcome.figures().get("power")).isGreaterThan(0.5);
  }

  @Test
  void aCalibrationIsRenewedWithTheSameWeights() throws Exception {
    Recalibration recalibration =
        new Recalibration(artifact, SETTINGS.budget(), AlertRules.DEFAULT, "cpu");

    ModelArtifact renewed = recalibration.fit(span(400, 9), 2).artifact();

    assertThat(renewed.manifest().version()).isEqualTo("v000002");
    assertThat(renewed.manifest().calibration().channels()).isPresent();
    assertThat(renewed.tensors()).isSameAs(artifact.tensors());
  }

  private static Detector open(ModelArtifact model) {
    return Detector.open(model, SETTINGS);
  }

  private static TrainingSpan span(int count, long seed) {
    List<float[]> frames = frames(count, seed);
    float[] values = new float[count * FRAMES.columnCount()];
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(frames.get(i), 0, values, i * FRAMES.columnCount(), FRAMES.columnCount());
      times[i] = 1000L * i;
    }
    return new TrainingSpan(
        FRAMES, List.of(new Segment("camera", times, values)), 0, 1000L * count);
  }

  private static WindowBatch batch(List<float[]> frames) {
    WindowBatch batch = new WindowBatch(frames.size(), 1, FRAMES.columnCount());
    for (float[] frame : frames) {
      int at = batch.add("camera");
      System.arraycopy(frame, 0, batch.values(), at, frame.length);
    }
    return batch;
  }

  private static List<float[]> frames(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double phase = 2 * Math.PI * random.nextDouble();
      double light = 0.7 + 0.6 * random.nextDouble();
      float[] frame = new float[FRAMES.columnCount()];
      for (int pixel = 0; pixel < frame.length; pixel++) {
        double stripe = Math.sin(phase + 0.45 * (pixel % FRAMES.width()));
        double value = light * (130 + 40 * stripe) + 4 * random.nextGaussian();
        frame[pixel] = (float) Math.max(0, Math.min(255, Math.rint(value)));
      }
      frames.add(frame);
    }
    return frames;
  }
}
