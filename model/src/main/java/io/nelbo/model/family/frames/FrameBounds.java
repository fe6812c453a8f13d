package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.ImportanceWeights;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.score.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Bounds of {@code -log p} with fresh noise, one draw of all frames at a time. */
final class FrameBounds {
  private final ConvolutionalNetwork network;
  private final Likelihood likelihood;
  private final int latent;
  private final int samples;
  private final SplittableRandom random;

  FrameBounds(
      ConvolutionalNetwork network, Likelihood likelihood, int latent, int samples, long seed) {
    this.network = network;
    this.likelihood = likelihood;
    this.latent = latent;
    this.samples = samples;
    random = new SplittableRandom(seed);
  }

  List<Bounds> estimate(FrameCalls.Chunk rows) {
    int count = rows.count();
    double[] logarithms = new double[count];
    double[] largest = new double[count];
    double[] scaled = new double[count];
    java.util.Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    Posterior posterior = network.encode(rows.input());
    int width = Math.toIntExact(posterior.mean().getShape().get(1));
    AlignedFloats memory = new AlignedFloats(rows.nativeRows() * width);
    for (int sample = 0; sample < samples; sample++) {
      memory.put(0, noise(rows.nativeRows(), width));
      try (NDManager call = rows.manager().newSubManager()) {
        float[] logWeights = logWeights(rows, posterior, memory, call, width);
        for (int row = 0; row < count; row++) {
          double weight = logWeights[row];
          logarithms[row] += weight;
          double top = Math.max(largest[row], weight);
          scaled[row] = scaled[row] * Math.exp(largest[row] - top) + Math.exp(weight - top);
          largest[row] = top;
        }
      }
    }
    List<Bounds> bounds = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      bounds.add(
          new Bounds(
              -logarithms[row] / samples, -(largest[row] + Math.log(scaled[row] / samples))));
    }
    return bounds;
  }

  private float[] logWeights(
      FrameCalls.Chunk rows, Posterior posterior, AlignedFloats memory, NDManager call, int width) {
    NDArray input = rows.inputIn(call);
    NDArray mean = posterior.mean().duplicate();
    NDArray logVariance = posterior.logVariance().duplicate();
    mean.attach(call);
    logVariance.attach(call);
    return ImportanceWeights.logWeights(
            network,
            likelihood,
            new Posterior(mean, logVariance),
            input,
            input,
            input.onesLike(),
            memory.view(call, new Shape(1, rows.nativeRows(), width)),
            1)
        .toFloatArray();
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
}
