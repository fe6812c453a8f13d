package io.nelbo.model.objective;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Tensor;
import java.util.SplittableRandom;

/**
 * The latent draws that score every window of one model version.
 *
 * <p>Drawn once, in Java, and stored in the artifact, so that a score depends on nothing else. The
 * second half mirrors the first (antithetic pairs): the draws have mean zero exactly. They are
 * scaled to unit second moment per latent, so that a quadratic decoder is integrated exactly along
 * each axis even with two draws.
 */
public final class NoiseBank {
  /** Name of the tensor in the weights file, {@code [samples, latent]}. */
  public static final String TENSOR = "noise";

  /** How the draws were made, for the manifest. */
  public static final String SEQUENCE = "antithetic-gaussian-unit-moment";

  private NoiseBank() {}

  /**
   * @param samples even
   */
  public static Tensor draw(int samples, int latent, long seed) {
    requireArgument(
        samples >= 2 && samples % 2 == 0, "samples must be even (pairs), got %s", samples);
    SplittableRandom random = new SplittableRandom(seed);
    int half = samples / 2;
    float[] values = new float[samples * latent];
    for (int dimension = 0; dimension < latent; dimension++) {
      double[] draws = new double[half];
      double square = 0;
      for (int i = 0; i < half; i++) {
        draws[i] = random.nextGaussian();
        square += draws[i] * draws[i];
      }
      double scale = Math.sqrt(half / Math.max(square, 1e-12));
      for (int i = 0; i < half; i++) {
        values[i * latent + dimension] = (float) (draws[i] * scale);
        values[(half + i) * latent + dimension] = (float) (-draws[i] * scale);
      }
    }
    return new Tensor(new int[] {samples, latent}, values);
  }

  /**
   * Fresh normal draws; with an even number of samples the second half mirrors the first.
   *
   * @param noise filled, {@code samples} equal parts
   */
  public static void drawMirrored(float[] noise, int samples, SplittableRandom random) {
    int independent = samples % 2 == 0 ? noise.length / 2 : noise.length;
    for (int i = 0; i < independent; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    for (int i = independent; i < noise.length; i++) {
      noise[i] = -noise[i - independent];
    }
  }
}
