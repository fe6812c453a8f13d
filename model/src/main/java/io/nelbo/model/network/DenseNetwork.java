package io.nelbo.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import java.util.Map;

/**
 * Encoder and decoder as engine operations over parameters that the caller owns.
 *
 * <p>The same code trains (parameters that carry a gradient) and scores (plain copies). Results
 * belong to the manager of the input, never to that of the parameters.
 */
public final class DenseNetwork {
  /** Keeps {@code exp} finite: standard deviations of the posterior between 5e-4 and 55. */
  public static final float LEAST_LOG_VARIANCE = -15f;

  public static final float MOST_LOG_VARIANCE = 8f;

  private final DenseLayout layout;
  private final Map<String, NDArray> parameters;

  /**
   * @param parameters by the names of {@link DenseLayout#shapes()}
   */
  public DenseNetwork(DenseLayout layout, Map<String, NDArray> parameters) {
    this.layout = layout;
    this.parameters = Map.copyOf(parameters);
  }

  /**
   * @param input {@code [rows, inputWidth]}, see {@link PackedWindows}
   */
  public Posterior encode(NDArray input) {
    NDArray hidden = Activation.relu(linear(input, "encoder.0"));
    hidden = Activation.relu(linear(hidden, "encoder.1"));
    NDArray both = linear(hidden, "encoder.posterior");
    int latent = layout.latent();
    NDArray logVariance = both.get(":, {}:", latent).clip(LEAST_LOG_VARIANCE, MOST_LOG_VARIANCE);
    return new Posterior(both.get(":, :{}", latent), logVariance);
  }

  /**
   * Means of the newest record's features, one per latent draw.
   *
   * @param latent {@code [samples, rows, latent]}
   * @param input what the encoder saw, for the older records in it
   * @return {@code [samples, rows, features]}
   */
  public NDArray decode(NDArray latent, NDArray input) {
    long samples = latent.getShape().get(0);
    long rows = latent.getShape().get(1);
    NDArray first = linear(latent.reshape(samples * rows, layout.latent()), "decoder.0");
    if (layout.contextWidth() > 0) {
      NDArray context = input.get(":, :{}", layout.contextWidth());
      NDArray older = Linear.linear(context, parameter("decoder.context.weight")).get(0);
      first =
          first
              .reshape(samples, rows, layout.hidden())
              .add(older.expandDims(0))
              .reshape(samples * rows, layout.hidden());
    }
    NDArray second = Activation.relu(linear(Activation.relu(first), "decoder.1"));
    return linear(second, "decoder.mean").reshape(new Shape(samples, rows, layout.features()));
  }

  /** The likelihood's own parameter, {@code [features]}. */
  public NDArray rho() {
    return parameter("likelihood.rho");
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
