package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Images of sixteen pixels whose left or right half is bright. */
final class BitsTrainingTest {
  private static final int PIXELS = 16;
  private static final Design DESIGN =
      new Design("bernoulli", 3, "tanh", 0, true, Design.Objective.ELBO);

  @Test
  void imagesAreNotScaledAndTheModelSeesWhichHalfIsBright() throws Exception {
    Training training = train(DESIGN, images(1, 600));

    Manifest manifest = training.artifact().manifest();
    DenseNetworkSpec network = (DenseNetworkSpec) manifest.network();
    assertThat(network.hidden()).containsExactly(12, 12, 12);
    assertThat(network.latent()).isEqualTo(2);
    assertThat(network.activation()).isEqualTo("tanh");
    assertThat(network.likelihood().kind()).isEqualTo("bernoulli");
    assertThat(training.artifact().tensors()).doesNotContainKey("likelihood.rho");
    assertThat(training.report().activeLatents()).isPositive();
    assertThat(training.report().warnings()).isEmpty();
    try (Detector detector =
        Detector.open(training.artifact(), new DetectorSettings(0.01, 0.5, "cpu"))) {
      WindowBatch batch = batch(images(2, 200));
      Detections detections = detector.detect(batch);
      List<Bounds> bounds = detector.bounds(batch, 50, 3);

      double bank = 0;
      double elbo = 0;
      for (int row = 0; row < batch.size(); row++) {
        assertThat(detections.statistic(row)).isEqualTo(detections.negativeElbo(row), within(1e-9));
        assertThat(bounds.get(row).importanceWeighted())
            .isLessThanOrEqualTo(bounds.get(row).negativeElbo());
        bank += detections.negativeElbo(row) / batch.size();
        elbo += bounds.get(row).negativeElbo() / batch.size();
      }
      assertThat(bank).isEqualTo(elbo, within(0.4));
      assertThat(elbo).isLessThan(0.8 * PIXELS * Math.log(2)); // a coin per pixel
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() throws Exception {
    Training one = train(DESIGN, images(1, 200));

    Training other = train(DESIGN, images(1, 200));

    assertThat(one.artifact().tensors())
        .usingRecursiveComparison()
        .isEqualTo(other.artifact().tensors());
  }

  @Test
  void theImportanceWeightedObjectiveIsTheTighterBound() throws Exception {
    Training elbo = train(DESIGN, images(1, 600));

    Training weighted = train(DESIGN.withObjective(Design.Objective.IWAE), images(1, 600));

    List<TrainingProgress> curve = weighted.report().curve();
    assertThat(curve.get(curve.size() - 1).heldOutNegativeElbo())
        .isLessThan(curve.get(0).heldOutNegativeElbo());
    assertThat(best(weighted)).isLessThan(best(elbo) + 0.05);
  }

  @Test
  void refusesWhatIsNoGreyValue() {
    float[] images = images(1, 100);
    images[5 * PIXELS + 3] = 1.5f;

    assertThatThrownBy(() -> train(DESIGN, images))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "feature p3 holds 1.5 in record 5 of camera, the bernoulli likelihood takes values in"
                + " [0, 1]");
  }

  @Test
  void saysWhichDesignsMakeNoSense() {
    assertThatThrownBy(() -> new Design("poisson", 2, "relu", 0, false, Design.Objective.ELBO))
        .hasMessage(
            "likelihood must be one of [gaussian, gaussian-pixels, gaussian-shared,"
                + " gaussian-fixed, gaussian-decoder, laplace, student, bernoulli], got poisson");
    assertThatThrownBy(() -> new Design("gaussian", 2, "relu", 0, true, Design.Objective.ELBO))
        .hasMessage("binarise needs the bernoulli likelihood, got gaussian");
    assertThatThrownBy(
            () ->
                train(
                    new Design("bernoulli", 2, "sine", 0, false, Design.Objective.ELBO),
                    images(1, 100)))
        .hasMessage("network.activation must be one of [relu, tanh], got sine");
  }

  private static double best(Training training) {
    return training.report().curve().stream()
        .mapToDouble(TrainingProgress::heldOutNegativeElbo)
        .min()
        .orElseThrow();
  }

  private static Training train(Design design, float[] images) throws TrainingException {
    TrainingConfig config =
        TrainingConfig.defaults()
            .withData(new DataRules(1, true, 0.05, 0))
            .withNetwork(new NetworkSize(12, 2, 4))
            .withDescent(new Descent(300, 50, 5e-3, 0, 5))
            .withDesign(design);
    List<String> names = new ArrayList<>();
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      names.add("p" + pixel);
    }
    long[] times = new long[images.length / PIXELS];
    Arrays.setAll(times, row -> row);
    TrainingSpan span =
        new TrainingSpan(names, List.of(new Segment("camera", times, images)), 0, times.length);
    return new Trainer()
        .train(new TrainingRequest("bits", 1, span, config, "manual"), TrainingListener.NONE);
  }

  private static float[] images(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] images = new float[count * PIXELS];
    for (int row = 0; row < count; row++) {
      boolean left = random.nextBoolean();
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        boolean bright = pixel < PIXELS / 2 == left;
        images[row * PIXELS + pixel] = (float) (0.1 * random.nextDouble() + (bright ? 0.9 : 0));
      }
    }
    return images;
  }

  private static WindowBatch batch(float[] images) {
    WindowBatch batch = new WindowBatch(images.length / PIXELS, 1, PIXELS);
    while (!batch.isFull()) {
      int offset = batch.add("camera");
      System.arraycopy(images, offset, batch.values(), offset, PIXELS);
    }
    return batch;
  }
}
