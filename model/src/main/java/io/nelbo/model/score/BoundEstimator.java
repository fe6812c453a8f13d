package io.nelbo.model.score;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.network.LatentNetwork;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.ImportanceWeights;
import io.nelbo.model.objective.Likelihood;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bounds of packed windows with noise that is drawn for each of them: for figures that are reported
 * or compared, never for scores. The draws come in chunks that stay in cache.
 */
public final class BoundEstimator {
  /** Packed rows of one call of the engine. */
  public interface Rows {
    /** Holds what is native until the call ends. */
    NDManager manager();

    /** How many rows there are. */
    int count();

    /** With the empty ones that fill the shape. */
    int nativeRows();

    /** What the encoder sees, {@code [nativeRows, inputWidth]}, as the owner's. */
    NDArray input(NDManager owner);

    /** What is to be explained, {@code [nativeRows, features]}, as the owner's. */
    NDArray target(NDManager owner);

    /** 1 where the target was observed, of its shape, as the owner's. */
    NDArray mask(NDManager owner);
  }

  private final LatentNetwork network;
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
  public BoundEstimator(
      LatentNetwork network,
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
  public List<Bounds> estimate(Rows rows) {
    int nativeRows = rows.nativeRows();
    int count = rows.count();
    LogMean[] means = new LogMean[count];
    Arrays.setAll(means, row -> new LogMean());
    try (NDManager call = rows.manager().newSubManager()) {
      Posterior posterior = network.encode(rows.input(call));
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
                      rows.input(chunk),
                      rows.target(chunk),
                      rows.mask(chunk),
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
  public static final class LogMean {
    private double logarithms;
    private double largest = Double.NEGATIVE_INFINITY;
    private double scaled;
    private int count;

    public void add(double logWeight) {
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
    public double ofLogarithms() {
      return logarithms / count;
    }

    /** Logarithm of the mean weight. */
    public double ofWeights() {
      return largest + Math.log(scaled / count);
    }
  }
}
