package io.nelbo.model.family.vae;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.SoftCut;
import io.nelbo.model.score.Expectation;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;

/**
 * How strange a record is to somebody who has seen only the older ones: the decoder's mean at the
 * prior's mean, z = 0, is what was to be expected, and each feature's distance from it costs {@code
 * -log p} under a Student's t whose variance is that of the distances in training.
 *
 * <p>The posterior has seen the newest record and explains anomalies away; this has not. It is a
 * composite likelihood (Varin, Reid and Firth 2011): each feature by its own predictive density, as
 * if they were independent. The negative ELBO asks whether any state explains a record, this asks
 * whether it was to be expected.
 */
final class PriorSurprise {
  /** Nearly Gaussian: a distance costs its logarithm only far beyond those of training. */
  private static final int DEGREES = 100;

  private final DenseNetwork network;
  private final Likelihood likelihood;
  private final PaddedParameters padded;
  private final SoftCut cut;
  private final double[] variance;
  private final double[] constant;

  /**
   * @param padded of the network
   * @param expectedVariance of each feature around what was to be expected, in scaled units that
   *     are cut, squared; positive
   */
  PriorSurprise(
      DenseNetwork network,
      Likelihood likelihood,
      PaddedParameters padded,
      SoftCut cut,
      Tensor expectedVariance) {
    this.network = network;
    this.likelihood = likelihood;
    this.padded = padded;
    this.cut = cut;
    variance = new double[expectedVariance.values().length];
    constant = new double[variance.length];
    for (int feature = 0; feature < variance.length; feature++) {
      variance[feature] = expectedVariance.values()[feature];
      constant[feature] = normaliser() + 0.5 * Math.log(variance[feature]);
    }
  }

  /** What was to be expected of each row of a chunk. */
  Expected of(EngineCalls.Chunk chunk) {
    Shape atPriorMean = new Shape(1, chunk.nativeRows(), padded.latent());
    return new Expected(
        likelihood
            .means(network.decode(chunk.manager().zeros(atPriorMean), chunk.input()))
            .toFloatArray());
  }

  /** What was to be expected of the rows of one chunk. */
  final class Expected {
    private final float[] means;

    private Expected(float[] means) {
      this.means = means;
    }

    /** What one value of a row costs, in nats. */
    double loss(int row, int feature, float scaled) {
      double distance = cut.cut(scaled) - means[row * padded.features() + feature];
      double squared = distance * distance / ((DEGREES - 2) * variance[feature]);
      return (DEGREES + 1) / 2.0 * Math.log1p(squared) + constant[feature];
    }

    /** Of the first rows, in scaled units. */
    List<Expectation> of(int rows) {
      return IntStream.range(0, rows).mapToObj(this::expectation).toList();
    }

    private Expectation expectation(int row) {
      double[] mean = new double[variance.length];
      double[] deviation = new double[variance.length];
      for (int feature = 0; feature < mean.length; feature++) {
        mean[feature] = cut.uncut(means[row * padded.features() + feature]);
        deviation[feature] = Math.sqrt(variance[feature]) * Math.exp(cut.nats(mean[feature]));
      }
      return new Expectation(mean, deviation);
    }
  }

  private static double normaliser() {
    return Gamma.logGamma(DEGREES / 2.0)
        - Gamma.logGamma((DEGREES + 1) / 2.0)
        + 0.5 * Math.log((DEGREES - 2) * Math.PI);
  }
}
