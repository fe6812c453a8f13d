package io.nelbo.model.objective;

import io.nelbo.model.artifact.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The dense VAE once more, in plain double arrays, written from the formulas and not from the
 * engine's code: what the engine computes is compared with it.
 */
public final class PlainJavaVae {
  private final int features;
  private final double clip;
  private final double floor;
  private final Map<String, double[]> parameters = new HashMap<>();

  public PlainJavaVae(int features, double clip, double floor, Map<String, Tensor> tensors) {
    this.features = features;
    this.clip = clip;
    this.floor = floor;
    tensors.forEach(
        (name, tensor) -> {
          double[] values = new double[tensor.values().length];
          for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
          }
          parameters.put(name, values);
        });
  }

  /** The live values of one parameter, row-major. */
  double[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** Reconstruction loss and divergence of one scaled window. */
  public double[] terms(float[] window, double[][] draws) {
    int older = window.length - features;
    double[] context = new double[2 * older];
    double[] newest = new double[2 * features];
    for (int i = 0; i < window.length; i++) {
      double[] part = i < older ? context : newest;
      int at = i < older ? i : i - older;
      boolean seen = !Float.isNaN(window[i]);
      part[at] = seen ? Math.min(clip, Math.max(-clip, window[i])) : 0;
      part[part.length / 2 + at] = seen ? 1 : 0;
    }
    double[] input = new double[context.length + newest.length];
    System.arraycopy(context, 0, input, 0, context.length);
    System.arraycopy(newest, 0, input, context.length, newest.length);

    double[] encoded = relu(layer("encoder.1", relu(layer("encoder.0", input))));
    double[] posterior = layer("encoder.posterior", encoded);
    int latent = posterior.length / 2;
    double divergence = 0;
    for (int k = 0; k < latent; k++) {
      double mean = posterior[k];
      double logVariance = posterior[latent + k];
      divergence += 0.5 * (Math.exp(logVariance) - logVariance - 1 + mean * mean);
    }

    double reconstruction = 0;
    for (double[] draw : draws) {
      double[] z = new double[latent];
      for (int k = 0; k < latent; k++) {
        z[k] = posterior[k] + Math.exp(posterior[latent + k] / 2) * draw[k];
      }
      double[] first = layer("decoder.0", z);
      if (older > 0) {
        double[] weight = parameter("decoder.context.weight");
        for (int out = 0; out < first.length; out++) {
          for (int in = 0; in < context.length; in++) {
            first[out] += weight[out * context.length + in] * context[in];
          }
        }
      }
      double[] means = layer("decoder.mean", relu(layer("decoder.1", relu(first))));
      for (int j = 0; j < features; j++) {
        float value = window[older + j];
        if (!Float.isNaN(value)) {
          double variance = floor * floor + Math.exp(2 * parameter("likelihood.rho")[j]);
          double error = value - means[j];
          reconstruction +=
              0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance) / draws.length;
        }
      }
    }
    return new double[] {reconstruction, divergence};
  }

  private double[] layer(String name, double[] input) {
    double[] weight = parameter(name + ".weight");
    double[] output = parameter(name + ".bias").clone();
    for (int out = 0; out < output.length; out++) {
      for (int in = 0; in < input.length; in++) {
        output[out] += weight[out * input.length + in] * input[in];
      }
    }
    return output;
  }

  private static double[] relu(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
    return values;
  }
}
