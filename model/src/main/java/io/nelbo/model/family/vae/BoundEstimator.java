package io.nelbo.model.family.vae;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.ImportanceWeights;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.score.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bounds of packed windows with noise that is drawn for each of them: for figures that are reported
 * or compared, never for scores. The draws come in chunks that stay in cache.
 */
final class BoundEstimator {
  private final DenseNetwork network;
  private final Likelihood likelihood;
  private final int latent;
  private final int samples;
  private final int mostDraws;
  private final SplittableRandom random;

  /**
   * @param latent columns of the posterior that count; the others are decoded with weight zero
   * @param samples draws per window
   * @param mostDraws rows times draws in one call of the engine
   */
  BoundEstimator(
      DenseNetwork network,
      Likelihood likelihood,
      int latent,
      int samples,
      int mostDraws,
      long seed) {
    requireArgument(samples >= 1, "samples must be positive, got %s", samples);
    this.network = network;
    this.likelihood = likelihood;
    this.latent = latent;
    this.samples = samples;
    this.mostDraws = mostDraws;
    random = new SplittableRandom(seed);
  }

  /** Bounds of the rows of one call. */
  List<Bounds> estimate(EngineCalls.Chunk rows) {
    PackedWindows windows = rows.windows();
    int nativeRows = rows.nativeRows();
    int count = rows.count();
    LogMean[] means = new LogMean[count];
    Arrays.setAll(means, row -> new LogMean());
    try (NDManager call = rows.manager().newSubManager()) {
      Posterior posterior = network.encode(windows.input(call, nativeRows));
      int width = Math.toIntExact(posterior.mean().getShape().get(1));
      int most = Math.max(1, Math.min(samples, mostDraws / nativeRows));
      AlignedFloats memory = new AlignedFloats(most * nativeRows * width);
      for (int done = 0; done < samples; done += most) {
        int draws = Math.min(most, samples - done);
        memory.put(0, noise(draws * nativeRows, width));
        try (NDManager chunk = call.newSubManager()) {
          float[] logWeights =
              ImportanceWeights.logWeights(
                      network,
                      likelihood,
                      copyTo(chunk, posterior),
                      windows.input(chunk, nativeRows),
                      windows.target(chunk, nativeRows),
                      windows.mask(chunk, nativeRows),
                      memory.view(chunk, new Shape(draws, nativeRows, width)),
                      1)
                  .toFloatArray();
          for (int draw = 0; draw < draws; draw++) {
            for (int row = 0; row < count; row++) {
              means[row].add(logWeights[draw * nativeRows + row]);
            }
          }
        }
      }
    }
    List<Bounds> bounds = new ArrayList<>(count);
    for (LogMean mean : means) {
      bounds.add(new Bounds(-mean.ofLogarithms(), -mean.ofWeights()));
    }
    return bounds;
  }

  /** What is computed from it belongs to the chunk and is freed with it. */
  private static Posterior copyTo(NDManager chunk, Posterior posterior) {
    NDArray mean = posterior.mean().duplicate();
    NDArray logVariance = posterior.logVariance().duplicate();
    mean.attach(chunk);
    logVariance.attach(chunk);
    return new Posterior(mean, logVariance);
  }

  private float[] noise(int rows, int width) {
    float[] noise = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      for (int dimension = 0; dimension < latent; dimension++) {
        noise[row * width + dimension] = (float) random.nextGaussian();
      }
    }
    return noise;
  }

  /** Means of weights that are given by their logarithms, one after the other. */
  static final class LogMean {
    private double logarithms;
    private double largest = Double.NEGATIVE_INFINITY;
    private double scaled;
    private int count;

    void add(double logWeight) {
      count++;
      logarithms += logWeight;
      if (logWeight > largest) {
        scaled = scaled * Math.exp(largest - logWeight) + 1;
        largest = logWeight;
      } else {
        scaled += Math.exp(logWeight - largest);
      }
    }

    /** Mean of the logarithms. */
    double ofLogarithms() {
      return logarithms / count;
    }

    /** Logarithm of the mean weight. */
    double ofWeights() {
      return largest + Math.log(scaled / count);
    }
  }
}
