package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

final class ImportanceWeightsTest {
  @Test
  void theBoundIsTheLogarithmOfTheMeanWeightAndItsSlopesAreTheWeightsShares() {
    // Weights 1, 3 and 4 of the first window, times e^-700, which is no float; two equal ones.
    float offset = -700f;
    float[] logWeights = {
      offset, 2f, (float) Math.log(3) + offset, 2f, (float) Math.log(4) + offset, 2f
    };
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = manager.create(logWeights, new Shape(3, 2));
      leaf.setRequiresGradient(true);

      NDArray bound = ImportanceWeights.negativeBound(leaf);
      collector.backward(bound.sum());

      assertThat(bound.toFloatArray())
          .containsExactly(new float[] {(float) (700 - Math.log(8 / 3.0)), -2f}, within(1e-4f));
      assertThat(leaf.getGradient().toFloatArray())
          .containsExactly(
              new float[] {-1 / 8f, -1 / 3f, -3 / 8f, -1 / 3f, -4 / 8f, -1 / 3f}, within(1e-4f));
    }
  }
}
