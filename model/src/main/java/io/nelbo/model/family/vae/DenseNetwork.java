package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import io.nelbo.model.network.LatentNetwork;
import io.nelbo.model.network.Posterior;
import java.util.Map;

/**
 * Encoder and decoder as engine operations over parameters that the caller owns.
 *
 * <p>The same code trains (parameters that carry a gradient) and scores (plain copies). Results
 * belong to the manager of the input, never to that of the parameters.
 */
final class DenseNetwork implements LatentNetwork {
  private static final String CONTEXT = "decoder.context.weight";

  private final Map<String, NDArray> parameters;
  private final HiddenActivation activation;
  private final int layers;
  private final DeviationSource deviation;
  private final long latent;

  /**
   * @param parameters by the names of {@link DenseLayout#shapes()}; their shapes are the network's
   *     widths, which may be padded, see {@link PaddedParameters}
   */
  DenseNetwork(DenseLayout layout, Map<String, NDArray> parameters) {
    this.parameters = Map.copyOf(parameters);
    activation = layout.activation();
    deviation = layout.deviation();
    layers = layout.hidden().size();
    latent = parameter("decoder.0.weight").getShape().get(1);
  }

  /**
   * @param input {@code [rows, inputWidth]}, see {@link PackedWindows}
   */
  @Override
  public Posterior encode(NDArray input) {
    NDArray hidden = input;
    for (int layer = 0; layer < layers; layer++) {
      hidden = activation.apply(linear(hidden, "encoder." + layer));
    }
    NDArray both = linear(hidden, "encoder.posterior");
    NDArray logVariance =
        both.get(":, {}:", latent).clip(Posterior.LEAST_LOG_VARIANCE, Posterior.MOST_LOG_VARIANCE);
    return new Posterior(both.get(":, :{}", latent), logVariance);
  }

  /**
   * What the likelihood takes for the newest record's features, one per latent draw: means of a
   * Gaussian, logits of a Bernoulli; with {@link DeviationSource#DECODER} the means, and behind
   * them the logarithms of the variances.
   *
   * @param draws {@code [samples, rows, latent]}
   * @param input what the encoder saw, for the older records and the context in it
   * @return {@code [samples, rows, features]}, or twice the features
   */
  @Override
  public NDArray decode(NDArray draws, NDArray input) {
    long samples = draws.getShape().get(0);
    long rows = draws.getShape().get(1);
    NDArray hidden = linear(draws.reshape(samples * rows, latent), "decoder.0");
    if (parameters.containsKey(CONTEXT)) {
      NDArray weight = parameter(CONTEXT);
      NDArray context = input.get(":, :{}", weight.getShape().get(1));
      NDArray given = Linear.linear(context, weight).get(0);
      hidden =
          hidden.reshape(samples, rows, -1).add(given.expandDims(0)).reshape(samples * rows, -1);
    }
    for (int layer = 1; layer < layers; layer++) {
      hidden = linear(activation.apply(hidden), "decoder." + layer);
    }
    NDArray last = activation.apply(hidden);
    NDArray decoded = linear(last, "decoder.mean");
    if (parameters.containsKey(DenseLayout.LINEAR)) {
      NDArray weight = parameter(DenseLayout.LINEAR);
      NDArray given = input.get(":, :{}", weight.getShape().get(1));
      NDArray continued = Linear.linear(given, weight).get(0).expandDims(0);
      decoded = decoded.reshape(samples, rows, -1).add(continued).reshape(samples * rows, -1);
    }
    if (deviation == DeviationSource.DECODER) {
      decoded = decoded.concat(linear(last, "decoder.logVariance"), 1);
    }
    return decoded.reshape(samples, rows, -1);
  }

  @Override
  public NDArray rho() {
    return parameter("likelihood.rho");
  }

  @Override
  public NDArray constant(double value) {
    return parameter("decoder.mean.bias").getManager().create((float) value);
  }

  private NDArray linear(NDArray input, String layer) {
    return Linear.linear(input, parameter(layer + ".weight"), parameter(layer + ".bias")).get(0);
  }

  private NDArray parameter(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalStateException("the network lacks parameter " + name);
    }
    return parameter;
  }
}
