package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.nelbo.model.network.LatentNetwork;
import io.nelbo.model.network.Posterior;
import java.util.Map;

/**
 * Encoder and decoder as engine operations over parameters that the caller owns. Frames are flat,
 * one channel after the other.
 *
 * <p>The same code trains and scores; what differs is what becomes of a hidden layer's planes.
 * Results belong to the manager of the input.
 */
final class ConvolutionalNetwork implements LatentNetwork {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);

  private final ConvolutionalLayout layout;
  private final Map<String, NDArray> parameters;
  private final PlaneNormalisation normalisation;
  private final long latent;

  ConvolutionalNetwork(
      ConvolutionalLayout layout,
      Map<String, NDArray> parameters,
      PlaneNormalisation normalisation) {
    this.layout = layout;
    this.parameters = Map.copyOf(parameters);
    this.normalisation = normalisation;
    latent = parameter("decoder.latent.weight").getShape().get(1);
  }

  /**
   * @param input {@code [rows, values]}
   */
  @Override
  public Posterior encode(NDArray input) {
    WorkingSize size = layout.size();
    NDArray hidden = input.reshape(-1, size.channels(), size.height(), size.width());
    for (int layer = 0; layer < ConvolutionalLayout.ENCODER.size(); layer++) {
      String name = "encoder." + layer;
      hidden = Activation.relu(normalisation.apply(name, convolve(hidden, name, TWO), this::get));
    }
    NDArray both = linear(hidden.reshape(input.getShape().get(0), -1), "encoder.posterior");
    NDArray logVariance =
        both.get(":, {}:", latent).clip(Posterior.LEAST_LOG_VARIANCE, Posterior.MOST_LOG_VARIANCE);
    return new Posterior(both.get(":, :{}", latent), logVariance);
  }

  /**
   * Expected frames, or logits of a Bernoulli.
   *
   * @param draws {@code [samples, rows, latent]}
   * @return {@code [samples, rows, values]}
   */
  @Override
  public NDArray decode(NDArray draws, NDArray input) {
    long samples = draws.getShape().get(0);
    long rows = draws.getShape().get(1);
    NDArray hidden =
        Activation.relu(linear(draws.reshape(samples * rows, latent), "decoder.latent"))
            .reshape(samples * rows, -1, layout.innerHeight(), layout.innerWidth());
    for (int layer = 0; layer < ConvolutionalLayout.DECODER.size(); layer++) {
      String name = "decoder." + layer;
      NDArray shuffled = shuffle(convolve(hidden, name, ONE));
      hidden = Activation.relu(normalisation.apply(name, shuffled, this::get));
    }
    NDArray frames = shuffle(convolve(hidden, "decoder.mean", ONE)).reshape(samples * rows, -1);
    return frames.add(parameter("decoder.frame").expandDims(0)).reshape(samples, rows, -1);
  }

  @Override
  public NDArray rho() {
    return parameter("likelihood.rho");
  }

  @Override
  public NDArray constant(double value) {
    return parameter("decoder.frame").getManager().create((float) value);
  }

  private NDArray convolve(NDArray planes, String layer, Shape stride) {
    int padding = ConvolutionalLayout.kernel(layer) / 2;
    NDArray bias = parameters.get(layer + ".bias");
    return Conv2d.conv2d(
            planes,
            parameter(layer + ".weight"),
            bias == null ? zeros(planes, layer) : bias,
            stride,
            new Shape(padding, padding))
        .get(0);
  }

  private NDArray zeros(NDArray planes, String layer) {
    return planes.getManager().zeros(new Shape(parameter(layer + ".weight").getShape().get(0)));
  }

  /** From {@code [n, 4 c, h, w]} to {@code [n, c, 2 h, 2 w]}. */
  private static NDArray shuffle(NDArray planes) {
    Shape shape = planes.getShape();
    long channels = shape.get(1) / ConvolutionalLayout.SHUFFLED;
    long height = shape.get(2);
    long width = shape.get(3);
    return planes
        .reshape(shape.get(0), channels, 2, 2, height, width)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(shape.get(0), channels, 2 * height, 2 * width);
  }

  private NDArray linear(NDArray input, String layer) {
    return Linear.linear(input, parameter(layer + ".weight"), parameter(layer + ".bias")).get(0);
  }

  private NDArray get(String name) {
    return parameter(name);
  }

  private NDArray parameter(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalStateException("the network lacks parameter " + name);
    }
    return parameter;
  }
}
