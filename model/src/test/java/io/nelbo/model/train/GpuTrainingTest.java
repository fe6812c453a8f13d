package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.gpu.NeedsGpu;
import io.nelbo.model.record.Segment;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step on a GPU is the step of the CPU, within the tolerance of scores. */
@NeedsGpu
final class GpuTrainingTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @EnumSource
  void theFirstStepHasTheLossOfTheCpu(Design.Objective objective) throws Exception {
    double cpu = losses("cpu", objective, 1).get(0);

    double gpu = losses(NeedsGpu.DEVICE, objective, 1).get(0);

    assertThat(gpu).isEqualTo(cpu, within(TOLERANCE * (1 + Math.abs(cpu))));
  }

  @Test
  void aTrainingEndsWhereThatOfTheCpuDoes() throws Exception {
    List<Double> cpu = losses("cpu", Design.Objective.ELBO, 300);

    List<Double> gpu = losses(NeedsGpu.DEVICE, Design.Objective.ELBO, 300);

    assertThat(gpu).hasSameSizeAs(cpu);
    assertThat(meanOfTheLast(gpu)).isEqualTo(meanOfTheLast(cpu), within(0.2));
    assertThat(meanOfTheLast(gpu)).isLessThan(gpu.get(0));
  }

  private static double meanOfTheLast(List<Double> losses) {
    return losses.subList(losses.size() - 50, losses.size()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  private static List<Double> losses(String device, Design.Objective objective, int steps)
      throws TrainingException {
    TrainingConfig config =
        TrainingConfig.defaults()
            .withSteps(steps)
            .withDesign(Design.SENSORS.withObjective(objective));
    List<Segment> segments = List.of(new SyntheticPlant(3).segment("pump", 2000, 0));
    TrainingSpan span =
        new TrainingSpan(List.of("a", "b", "c", "d", "e", "f"), segments, 0, 2_000_000);
    List<Double> losses = new ArrayList<>();
    new Trainer(Clock.systemUTC(), device)
        .train(
            new TrainingRequest("gpu", 1, span, config, "first"),
            progress -> losses.add(progress.trainingLoss()));
    return losses;
  }
}
