package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BernoulliLikelihoodTest {
  private final BernoulliLikelihood likelihood = new BernoulliLikelihood(0.05);

  @Test
  void theProbabilitiesOfBothBitsAddUpToOne() {
    float[] logits = {-15f, -2f, -0.3f, 0f, 0.7f, 4f, 15f};

    float[] zero = losses(filled(logits.length, 0f), logits);
    float[] one = losses(filled(logits.length, 1f), logits);

    for (int i = 0; i < logits.length; i++) {
      assertThat(Math.exp(-zero[i]) + Math.exp(-one[i])).isEqualTo(1, within(1e-6));
      assertThat(Math.exp(-one[i])).isEqualTo(1 / (1 + Math.exp(-logits[i])), within(1e-6));
    }
  }

  @Test
  void greyCostsItsCrossEntropy() {
    float[] losses = losses(new float[] {0.25f}, new float[] {0.8f});

    // p = 0.6899745: -0.25 log p - 0.75 log (1 - p)
    assertThat(losses[0]).isEqualTo(0.9711007f, within(1e-6f));
  }

  @Test
  void certaintyCostsNothingWhenRightAndItsLogitWhenWrong() {
    float[] losses =
        losses(new float[] {1f, 0f, 0f, 1f}, new float[] {1000f, -1000f, 1000f, -1000f});

    assertThat(losses).containsExactly(0f, 0f, 1000f, 1000f);
  }

  @Test
  void aValueThatNoBitCanHaveCostsMoreTheFurtherItIsOutside() {
    float[] losses = losses(new float[] {1f, 1.5f, -2f, 0f}, new float[] {3f, 3f, 3f, 3f});

    assertThat(losses[1]).isEqualTo(losses[0] + 50, within(1e-4f));
    assertThat(losses[2]).isEqualTo(losses[3] + 200, within(1e-4f));
  }

  @Test
  void theExpectedLossIsTheMeanOverTheDraws() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray target = manager.create(new float[] {0f, 1f, 0.5f, 1.25f}, new Shape(2, 2));
      float[] logits = {-1f, 2f, 0.5f, 3f, 4f, -2f, 0f, 1f, -3f, 1f, 1f, 0.2f};
      NDArray decoded = manager.create(logits, new Shape(3, 2, 2));

      float[] expected = likelihood.loss(target, decoded).mean(new int[] {0}).toFloatArray();

      assertThat(likelihood.expectedLoss(target, decoded).toFloatArray())
          .containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void expectsProbabilitiesAndABitsDeviation() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(new float[] {0f, 2f, 30f});
      float[] means = likelihood.means(logits).toFloatArray();
      float[] variances = likelihood.variances(logits).toFloatArray();

      assertThat(means[0]).isEqualTo(0.5f);
      assertThat(means[1]).isEqualTo(0.8807971f, within(1e-6f));
      assertThat(variances[0]).isEqualTo(0.25f);
      assertThat(variances[2]).isEqualTo(0.05f * 0.05f, within(1e-9f));
    }
  }

  private float[] losses(float[] values, float[] logits) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray target = manager.create(values, new Shape(1, values.length));
      NDArray decoded = manager.create(logits, new Shape(1, 1, values.length));
      return likelihood.expectedLoss(target, decoded).toFloatArray();
    }
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
