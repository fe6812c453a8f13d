package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.score.DeviceScorer;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of windows when a GPU has too little memory for them. */
final class DeviceScorerTest {
  private static final DenseLayout LAYOUT = new DenseLayout(1, 5, 24, 3);
  private static final int SAMPLES = 4;
  private static final int ROWS = 1000;

  private final float[] windows = windows();
  private final List<Device> opened = new ArrayList<>();

  @Test
  void fewerRowsAtOnceGiveTheSameScoresOnTheSameDevice() {
    double[] expected = scoresOfTheCpu();
    ScarceGpu gpu = ScarceGpu.withRoomFor(300);
    try (DeviceScorer scorer = scorer(gpu)) {
      double[] scores = scores(scorer);

      assertThat(scores).isEqualTo(expected);
      assertThat(scorer.hasMoved()).isFalse();
      assertThat(gpu.asked()).startsWith(32L, 32L, 1024L, 256L, 256L).doesNotContain(128L);
    }
  }

  @Test
  void whatWasTooMuchOnceIsNotAskedForAgain() {
    ScarceGpu gpu = ScarceGpu.withRoomFor(300);
    try (DeviceScorer scorer = scorer(gpu)) {
      scores(scorer);
      long refused = gpu.asked().stream().filter(rows -> rows > 300).count();

      scores(scorer);

      assertThat(refused).isEqualTo(1);
      assertThat(gpu.asked().stream().filter(rows -> rows > 300)).hasSize(1);
    }
  }

  @Test
  void whatDoesNotFitEvenInTheSmallestCallIsScoredOnTheCpu() {
    double[] expected = scoresOfTheCpu();
    ScarceGpu gpu = ScarceGpu.withRoomFor(300);
    try (DeviceScorer scorer = scorer(gpu)) {
      scorer.call(on -> on.score(windows, ROWS));
      gpu.shrinkTo(31);

      double[] scores = scores(scorer);

      assertThat(scores).isEqualTo(expected);
      assertThat(scorer.hasMoved()).isTrue();
      assertThat(opened).containsExactly(Device.gpu(0), Device.cpu());
      assertThat(gpu.asked()).endsWith(256L, 128L, 32L);
    }
  }

  @Test
  void everyKindOfQuestionSurvivesTheMove() {
    try (DenseScorer plain = cpu()) {
      List<Expectation> expectations = plain.expect(windows, 40);
      float[] means = plain.posteriorMeans(windows, 40);
      List<Bounds> bounds = plain.bounds(windows, 40, 6, 3);

      List<Expectation> movedExpectations = afterAMove(on -> on.expect(windows, 40));
      float[] movedMeans = afterAMove(on -> on.posteriorMeans(windows, 40));
      List<Bounds> movedBounds = afterAMove(on -> on.bounds(windows, 40, 6, 3));

      assertThat(movedExpectations).usingRecursiveComparison().isEqualTo(expectations);
      assertThat(movedMeans).isEqualTo(means);
      assertThat(movedBounds).isEqualTo(bounds);
    }
  }

  @Test
  void aNetworkThatFindsNoRoomAtAllStartsOnTheCpu() {
    double[] expected = scoresOfTheCpu();
    try (DeviceScorer scorer = scorer(ScarceGpu.withRoomFor(0))) {
      assertThat(scorer.hasMoved()).isTrue();
      assertThat(scores(scorer)).isEqualTo(expected);
      assertThat(opened).containsExactly(Device.gpu(0), Device.cpu());
    }
  }

  @Test
  void theMatrixLibrarysWordForItIsUnderstoodToo() {
    ScarceGpu gpu =
        new ScarceGpu(
            Device.gpu(0), 0, "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate");
    try (DeviceScorer scorer = scorer(gpu)) {
      assertThat(scorer.hasMoved()).isTrue();
    }
  }

  @Test
  void whateverElseFailsOnAGpuIsTheTasksToHandle() {
    ScarceGpu gpu = new ScarceGpu(Device.gpu(0), 300, "CUDA error: unspecified launch failure");
    try (DeviceScorer scorer = scorer(gpu)) {
      assertThatThrownBy(() -> scorer.call(on -> on.score(windows, ROWS)))
          .isInstanceOf(EngineException.class)
          .hasMessage("CUDA error: unspecified launch failure");

      assertThat(scorer.hasMoved()).isFalse();
    }
  }

  @Test
  void aCpuWithoutMemoryFails() {
    ScarceGpu cpu = new ScarceGpu(Device.cpu(), 100, "out of memory");
    try (DeviceScorer scorer = scorer(cpu)) {
      assertThatThrownBy(() -> scorer.call(on -> on.score(windows, ROWS)))
          .isInstanceOf(EngineException.class)
          .hasMessage("out of memory");

      assertThat(opened).containsExactly(Device.gpu(0));
    }
  }

  private <T> T afterAMove(Function<WindowModel, T> question) {
    ScarceGpu gpu = ScarceGpu.withRoomFor(64);
    try (DeviceScorer scorer = scorer(gpu)) {
      gpu.shrinkTo(1);
      T answer = scorer.call(question);
      assertThat(scorer.hasMoved()).isTrue();
      return answer;
    }
  }

  private DeviceScorer scorer(ScarceGpu gpu) {
    return new DeviceScorer(
        "v000001",
        device -> {
          opened.add(device);
          return device.isGpu() ? scorerOf(gpu.manager()) : cpu();
        },
        Device.gpu(0));
  }

  private static DenseScorer cpu() {
    return scorerOf(NDManager.newBaseManager(Device.cpu(), "PyTorch"));
  }

  private static DenseScorer scorerOf(NDManager manager) {
    FlatParameters flat = new FlatParameters(LAYOUT.shapes());
    Map<String, Tensor> tensors = new HashMap<>(flat.toTensors(flat.initial(11, LAYOUT.small())));
    tensors.put(NoiseBank.TENSOR, NoiseBank.draw(SAMPLES, LAYOUT.latent(), 13));
    return new DenseScorer(
        LAYOUT,
        new LikelihoodSpec("gaussian", 0.05, 10f),
        SAMPLES,
        tensors,
        Optional.empty(),
        manager);
  }

  private double[] scoresOfTheCpu() {
    try (DenseScorer scorer = cpu()) {
      return scores(scorer.score(windows, ROWS));
    }
  }

  private double[] scores(DeviceScorer scorer) {
    ScoredRows scored = scorer.call(on -> on.score(windows, ROWS));
    return scores(scored);
  }

  private static double[] scores(ScoredRows scored) {
    double[] scores = new double[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      scores[2 * row] = scored.reconstruction(row);
      scores[2 * row + 1] = scored.klDivergence(row);
    }
    return scores;
  }

  private static float[] windows() {
    SplittableRandom random = new SplittableRandom(7);
    float[] windows = new float[ROWS * LAYOUT.rowLength()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    return windows;
  }
}
