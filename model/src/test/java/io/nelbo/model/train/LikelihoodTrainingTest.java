package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sensors of a machine: the second is ten times noisier while the first is high. */
final class LikelihoodTrainingTest {
  private static final int RECORDS = 2_000;
  private static final float CALM = -1;
  private static final float WILD = 1;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void aDecodedDeviationFollowsTheRecord() throws Exception {
    try (Detector detector = open(train(LikelihoodSpec.GAUSSIAN_DECODER))) {
      double calm = expectedDeviation(detector, CALM);
      double wild = expectedDeviation(detector, WILD);

      assertThat(calm).isEqualTo(0.2, within(0.15));
      assertThat(wild).isBetween(3 * calm, 3.0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LikelihoodSpec.GAUSSIAN,
        LikelihoodSpec.GAUSSIAN_SHARED,
        LikelihoodSpec.GAUSSIAN_FIXED
      })
  void otherDeviationsHardlyDo(String likelihood) throws Exception {
    try (Detector detector = open(train(likelihood))) {
      double calm = expectedDeviation(detector, CALM);
      double wild = expectedDeviation(detector, WILD);

      assertThat(wild).isBetween(0.5 * calm, 2 * calm);
    }
  }

  @Test
  void aDecodedDeviationExplainsUnequalNoiseBetter() throws Exception {
    double decoded = train(LikelihoodSpec.GAUSSIAN_DECODER).report().heldOutNegativeElbo();
    double learned = train(LikelihoodSpec.GAUSSIAN).report().heldOutNegativeElbo();

    assertThat(decoded).isLessThan(learned - 0.2);
  }

  @Test
  void aSharedDeviationIsOneNumberAndAFixedOneIsNone() throws Exception {
    Training shared = train(LikelihoodSpec.GAUSSIAN_SHARED);
    Training fixed = train(LikelihoodSpec.GAUSSIAN_FIXED);

    assertThat(shared.artifact().tensors().get("likelihood.rho"))
        .satisfies(rho -> assertThat(rho.values()).hasSize(1));
    assertThat(fixed.artifact().tensors()).doesNotContainKey("likelihood.rho");
  }

  private Training train(String likelihood) throws TrainingException {
    long[] times = new long[RECORDS];
    float[] values = new float[2 * RECORDS];
    for (int row = 0; row < RECORDS; row++) {
      times[row] = 1000L * row;
      boolean wild = random.nextBoolean();
      values[2 * row] = (float) ((wild ? WILD : CALM) + 0.05 * random.nextGaussian());
      values[2 * row + 1] = (float) ((wild ? 2 : 0.2) * random.nextGaussian());
    }
    TrainingConfig config =
        SyntheticPlant.config(1, 800).withDesign(Design.SENSORS.withLikelihood(likelihood));
    return new Trainer()
        .train(
            SyntheticPlant.request(
                SyntheticPlant.span(List.of(new Segment("machine", times, values))), config),
            TrainingListener.NONE);
  }

  private static Detector open(Training training) {
    return Detector.open(training.artifact(), new DetectorSettings(0.01, 0.5, "cpu"));
  }

  /** Of the second sensor, in its own unit. */
  private static double expectedDeviation(Detector detector, float first) {
    WindowBatch batch = new WindowBatch(1, 1, 2);
    batch.values()[batch.add("machine")] = first;
    batch.values()[1] = 0;
    return detector.explain(batch, List.of(0), 2).get(0).stream()
        .filter(attribution -> attribution.feature().equals("f1"))
        .mapToDouble(Attribution::expectedStandardDeviation)
        .findAny()
        .orElseThrow();
  }
}
