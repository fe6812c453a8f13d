package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.gpu.NeedsGpu;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.score.ScoredRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape that a GPU is called with gives the CPU's scores. */
@NeedsGpu
final class GpuBatchesTest {
  private static final double TOLERANCE = 1e-4;
  private static final DenseLayout LAYOUT = new DenseLayout(2, 38, 64, 12);
  private static final int SAMPLES = 4;

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 129, 300, 1500, 5000, 20_000})
  void aBatchOfAnySizeScoresAsOnTheCpu(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] windows = new float[rows * LAYOUT.rowLength()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = random.nextInt(20) == 0 ? Float.NaN : (float) (3 * random.nextGaussian());
    }
    try (DenseScorer cpu = scorer(Device.cpu());
        DenseScorer gpu = scorer(EngineDevice.named(NeedsGpu.DEVICE))) {
      ScoredRows expected = cpu.score(windows, rows);

      ScoredRows scored = gpu.score(windows, rows);

      double worst = 0;
      for (int row = 0; row < rows; row++) {
        double nats = expected.negativeElbo(row);
        worst = Math.max(worst, Math.abs(scored.negativeElbo(row) - nats) / (1 + Math.abs(nats)));
      }
      assertThat(worst).as("largest difference over 1 + |score|").isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static DenseScorer scorer(Device device) {
    FlatParameters flat = new FlatParameters(LAYOUT.shapes());
    Map<String, Tensor> tensors = new HashMap<>(flat.toTensors(flat.initial(11, LAYOUT.small())));
    tensors.put(NoiseBank.TENSOR, NoiseBank.draw(SAMPLES, LAYOUT.latent(), 13));
    return new DenseScorer(
        LAYOUT,
        new LikelihoodSpec("gaussian", 0.05, 10f),
        SAMPLES,
        tensors,
        Optional.empty(),
        device);
  }
}
