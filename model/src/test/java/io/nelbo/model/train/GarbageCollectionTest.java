package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GarbageCollectionTest {
  private static final int ROWS = 600;
  private static final int FEATURES = 6;

  static List<Design> designs() {
    return List.of(
        Design.SENSORS,
        new Design("bernoulli", 2, "tanh", 0, true, Design.Objective.ELBO),
        new Design("bernoulli", 2, "relu", 0.05, false, Design.Objective.IWAE));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void aTrainingDoesNotChangeWhenTheCollectorRunsAfterEveryStep(Design design) throws Exception {
    List<Double> undisturbed = losses(design, false);

    List<Double> disturbed = losses(design, true);

    assertThat(disturbed).isEqualTo(undisturbed);
  }

  private static List<Double> losses(Design design, boolean collect) throws Exception {
    List<Double> losses = new ArrayList<>();
    Thread collector = new Thread(GarbageCollectionTest::collectUntilInterrupted, "collector");
    if (collect) {
      collector.start();
    }
    try {
      new Trainer()
          .train(
              new TrainingRequest("collected", 1, span(design), config(design), "first"),
              progress -> losses.add(progress.trainingLoss()));
    } finally {
      collector.interrupt();
      collector.join();
    }
    return losses;
  }

  private static void collectUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      System.gc();
    }
  }

  private static TrainingConfig config(Design design) {
    TrainingConfig defaults = TrainingConfig.defaults();
    return defaults
        .withNetwork(new NetworkSize(16, 2, 4))
        .withDescent(defaults.descent().withSteps(60).withBatchSize(32))
        .withSeed(7)
        .withDesign(design);
  }

  private static TrainingSpan span(Design design) {
    SplittableRandom random = new SplittableRandom(5);
    long[] times = new long[ROWS];
    float[] values = new float[ROWS * FEATURES];
    for (int row = 0; row < ROWS; row++) {
      times[row] = row;
      double driver = random.nextGaussian();
      for (int feature = 0; feature < FEATURES; feature++) {
        double value = driver + 0.1 * random.nextGaussian();
        values[row * FEATURES + feature] =
            (float) (design.isBernoulli() ? 1 / (1 + Math.exp(-value)) : value);
      }
    }
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    return new TrainingSpan(names, List.of(new Segment("s", times, values)), 0, ROWS);
  }
}
