package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The dense VAE once more, in plain double arrays, written from the formulas and not from the
 * engine's code: what the engine computes is compared with it.
 */
public final class PlainJavaVae {
  private final DenseLayout layout;
  private final double clip;
  private final double floor;
  private final double softCut;
  private final Map<String, double[]> parameters = new HashMap<>();

  /** Of values that are taken as they are. */
  public PlainJavaVae(DenseLayout layout, double clip, double floor, Map<String, Tensor> tensors) {
    this(layout, clip, floor, Double.POSITIVE_INFINITY, tensors);
  }

  public PlainJavaVae(
      DenseLayout layout, double clip, double floor, double softCut, Map<String, Tensor> tensors) {
    this.layout = layout;
    this.softCut = softCut;
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

  /** Reconstruction loss of what was cut, and divergence, of one scaled window. */
  public double[] terms(float[] window, double[][] draws) {
    double[] input = input(window);
    double[] posterior = posterior(input);
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
      double[] last = last(z, input);
      double[] decoded = mean(last, input);
      double[] variances = variances(last);
      for (int j = 0; j < layout.features(); j++) {
        float value = window[newest(window) + j];
        if (!Float.isNaN(value)) {
          reconstruction += loss(cut(value), decoded[j], variances[j]) / draws.length;
        }
      }
    }
    return new double[] {reconstruction, divergence};
  }

  /** What the density of a window's newest record lacks because its values were cut. */
  double cutNats(float[] window) {
    double nats = 0;
    for (int j = 0; j < layout.features(); j++) {
      double value = Math.abs(window[newest(window) + j]);
      nats += value > softCut ? Math.log(1 + value - softCut) : 0;
    }
    return nats;
  }

  /** Under a Student's t of 100 degrees with these variances around the decoder's mean at z = 0. */
  double expectedLoss(float[] window) {
    double[] input = input(window);
    double[] expected = mean(last(new double[layout.latent()], input), input);
    double[] variance = parameter(DenseLayout.EXPECTED_VARIANCE);
    TDistribution student = new TDistribution(100);
    double loss = 0;
    for (int j = 0; j < layout.features(); j++) {
      float value = window[newest(window) + j];
      if (!Float.isNaN(value)) {
        double scale = Math.sqrt(variance[j] * 98 / 100); // of a t with this variance
        loss += Math.log(scale) - student.logDensity((cut(value) - expected[j]) / scale);
      }
    }
    return loss;
  }

  private int newest(float[] window) {
    return window.length - layout.columns();
  }

  private double cut(double value) {
    double size = Math.abs(value);
    return size > softCut ? Math.signum(value) * (softCut + Math.log(1 + size - softCut)) : value;
  }

  private double[] input(float[] window) {
    int features = layout.features();
    int older = window.length - features - layout.context();
    double[] context = new double[2 * (older + layout.context())];
    double[] newest = new double[2 * features];
    for (int i = 0; i < window.length; i++) {
      boolean modelled = i >= older && i < older + features;
      double[] part = modelled ? newest : context;
      int at = modelled ? i - older : i < older ? i : i - features;
      boolean seen = !Float.isNaN(window[i]);
      part[at] = seen ? Math.min(clip, Math.max(-clip, cut(window[i]))) : 0;
      if (!seen && layout.isLinear() && i < older && i >= layout.columns()) {
        part[at] = part[at - layout.columns()];
      }
      part[part.length / 2 + at] = seen != layout.marksMissing() ? 1 : 0;
    }
    double[] input = new double[context.length + newest.length];
    System.arraycopy(context, 0, input, 0, context.length);
    System.arraycopy(newest, 0, input, context.length, newest.length);
    return input;
  }

  private double[] posterior(double[] input) {
    double[] encoded = input;
    for (int depth = 0; depth < layout.hidden().size(); depth++) {
      encoded = activate(layer("encoder." + depth, encoded));
    }
    return layer("encoder.posterior", encoded);
  }

  /** The decoder's last hidden layer. */
  private double[] last(double[] z, double[] input) {
    double[] hidden = layer("decoder.0", z);
    if (layout.contextWidth() > 0) {
      add("decoder.context.weight", layout.contextWidth(), input, hidden);
    }
    for (int depth = 1; depth < layout.hidden().size(); depth++) {
      hidden = layer("decoder." + depth, activate(hidden));
    }
    return activate(hidden);
  }

  private double[] mean(double[] last, double[] input) {
    double[] mean = layer("decoder.mean", last);
    if (layout.isLinear()) {
      add(DenseLayout.LINEAR, layout.givenValues(), input, mean);
    }
    return mean;
  }

  /** Adds what a weight makes of the leading columns of the input. */
  private void add(String name, int columns, double[] input, double[] output) {
    double[] weight = parameter(name);
    for (int out = 0; out < output.length; out++) {
      for (int in = 0; in < columns; in++) {
        output[out] += weight[out * columns + in] * input[in];
      }
    }
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
