package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DiagnosisTest {
  @Test
  void saysNothingOfAModelThatUsesItsLatentsAndBeatsTheNorm() {
    float[] means = {-1, 1, 1, -1, 0.5f, 0};

    Diagnosis diagnosis =
        Diagnosis.of(means, 2, new double[] {1, 2, 3}, new double[] {4, 5, 6}, false);

    assertThat(diagnosis.activeLatents()).isEqualTo(2);
    assertThat(diagnosis.warnings()).isEmpty();
  }

  @Test
  void namesACollapseAndAModelNoBetterThanTheNorm() {
    float[] means = {0, 0.01f, 0, 0, 0.01f, 0};

    Diagnosis diagnosis =
        Diagnosis.of(means, 2, new double[] {4, 5, 6}, new double[] {4, 5, 6}, false);

    assertThat(diagnosis.activeLatents()).isZero();
    assertThat(diagnosis.warnings())
        .containsExactly(
            "no latent dimension is used: the posterior has collapsed to the prior and the model"
                + " knows each feature only by itself",
            "the model (5.00 nats, median) explains held-out windows no better than the norm of the"
                + " scaled row (5.00 nats): it found no relation between features");
  }

  @Test
  void aCollapsedModelStillKnowsWhatItIsGiven() {
    float[] means = {0, 0.01f, 0, 0, 0.01f, 0};

    Diagnosis diagnosis =
        Diagnosis.of(means, 2, new double[] {1, 2, 3}, new double[] {4, 5, 6}, true);

    assertThat(diagnosis.warnings())
        .containsExactly(
            "no latent dimension is used: the posterior has collapsed to the prior and the model"
                + " knows each feature only by the older records and the context");
  }
}
