package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The dense VAE once more, in plain double arrays, written from the formulas and not from the
 * engine's code: what the engine computes is compared with it.
 */
public final class PlainJavaVae {
  private final DenseLayout layout;
  private final double clip;
  private final double floor;
  private final Map<String, double[]> parameters = new HashMap<>();

  public PlainJavaVae(DenseLayout layout, double clip, double floor, Map<String, Tensor> tensors) {
    this.layout = layout;
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
    int features = layout.features();
    int older = window.length - features - layout.context();
    double[] context = new double[2 * (older + layout.context())];
    double[] newest = new double[2 * features];
    for (int i = 0; i < window.length; i++) {
      boolean modelled = i >= older && i < older + features;
      double[] part = modelled ? newest : context;
      int at = modelled ? i - older : i < older ? i : i - features;
      boolean seen = !Float.isNaN(window[i]);
      part[at] = seen ? Math.min(clip, Math.max(-clip, window[i])) : 0;
      part[part.length / 2 + at] = seen != layout.marksMissing() ? 1 : 0;
    }
    double[] input = new double[context.length + newest.length];
    System.arraycopy(context, 0, input, 0, context.length);
    System.arraycopy(newest, 0, input, context.length, newest.length);

    double[] encoded = input;
    for (int depth = 0; depth < layout.hidden().size(); depth++) {
      encoded = activate(layer("encoder." + depth, encoded));
    }
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
      double[] hidden = layer("decoder.0", z);
      if (context.length > 0) {
        double[] weight = parameter("decoder.context.weight");
        for (int out = 0; out < hidden.length; out++) {
          for (int in = 0; in < context.length; in++) {
            hidden[out] += weight[out * context.length + in] * context[in];
          }
        }
      }
      for (int depth = 1; depth < layout.hidden().size(); depth++) {
        hidden = layer("decoder." + depth, activate(hidden));
      }
      double[] last = activate(hidden);
      double[] decoded = layer("decoder.mean", last);
      double[] variances = variances(last);
      for (int j = 0; j < features; j++) {
        float value = window[older + j];
        if (!Float.isNaN(value)) {
          reconstruction += loss(value, decoded[j], variances[j]) / draws.length;
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

  private double[] variances(double[] last) {
    double[] learned =
        switch (layout.deviation()) {
          case PER_FEATURE, SHARED -> parameter("likelihood.rho").clone();
          case DECODER -> layer("decoder.logVariance", last);
          case FIXED, BITS -> new double[0];
        };
    double[] variances = new double[layout.features()];
    for (int j = 0; j < variances.length; j++) {
      variances[j] = floor * floor;
      if (layout.deviation() == DeviationSource.DECODER) {
        variances[j] += Math.exp(learned[j]);
      } else if (learned.length > 0) {
        variances[j] += Math.exp(2 * learned[learned.length == 1 ? 0 : j]);
      }
    }
    return variances;
  }

  private double loss(double value, double decoded, double variance) {
    if (layout.bits()) {
      double probability = 1 / (1 + Math.exp(-decoded));
      return -value * Math.log(probability) - (1 - value) * Math.log(1 - probability);
    }
    double error = value - decoded;
    return 0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
  }

  private double[] activate(double[] values) {
    boolean tanh = layout.activation() == HiddenActivation.TANH;
    for (int i = 0; i < values.length; i++) {
      values[i] = tanh ? Math.tanh(values[i]) : Math.max(0, values[i]);
    }
    return values;
  }
}
