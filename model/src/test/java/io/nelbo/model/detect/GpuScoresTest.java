package io.nelbo.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.gpu.NeedsGpu;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model says the same on the CPU and on a GPU, within the tolerance that is promised. */
@NeedsGpu
final class GpuScoresTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({
    "golden-scores-1, 1",
    "golden-scores-4, 4",
    "golden-scores-student, 4",
    "golden-scores-second, 4"
  })
  void aGoldenModelScoresAsOnTheCpu(String name, int windowLength) throws Exception {
    GoldenScores golden = GoldenScores.of(name, windowLength);
    List<GoldenScores.Score> cpu = golden.detected();

    List<GoldenScores.Score> gpu = golden.detectedOn(NeedsGpu.DEVICE);

    for (int row = 0; row < cpu.size(); row++) {
      assertThat(gpu.get(row).reconstruction())
          .as("reconstruction of row %s", row)
          .isEqualTo(cpu.get(row).reconstruction(), close(cpu.get(row).reconstruction()));
      assertThat(gpu.get(row).kl())
          .as("divergence of row %s", row)
          .isEqualTo(cpu.get(row).kl(), close(cpu.get(row).kl()));
    }
  }

  private static Offset<Double> close(double nats) {
    return within(TOLERANCE * (1 + Math.abs(nats)));
  }
}
