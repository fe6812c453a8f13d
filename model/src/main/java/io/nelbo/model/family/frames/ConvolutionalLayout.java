package io.nelbo.model.family.frames;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names and shapes of a convolutional encoder and decoder.
 *
 * <p>The encoder halves the frame four times, the decoder doubles it four times by shuffling pixels
 * (Shi et al. 2016): a convolution gives four times the planes, which become the pixels between.
 * While it trains, each plane of a hidden layer is normalised over its batch (Ioffe and Szegedy
 * 2015); afterwards that is folded into weights and biases, see {@link Folding}.
 *
 * @param size of what is modelled
 * @param latent latent dimensions
 * @param deviations whose deviation is learned
 */
record ConvolutionalLayout(WorkingSize size, int latent, Deviations deviations) {
  /** Whose deviation is learned. */
  enum Deviations {
    EACH,
    SHARED,
    NONE
  }

  /** Planes of the encoder's layers, from the frame on. */
  static final List<Integer> ENCODER = List.of(16, 32, 64, 96);

  /** Planes of the decoder's layers before the last one, from the latent on. */
  static final List<Integer> DECODER = List.of(64, 32, 16);

  /** Pixels that each becomes. */
  static final int SHUFFLED = 4;

  static ConvolutionalLayout of(WorkingSize size, int latent, LikelihoodSpec likelihood) {
    Deviations deviations =
        switch (likelihood.kind()) {
          case LikelihoodSpec.GAUSSIAN_SHARED -> Deviations.SHARED;
          case LikelihoodSpec.GAUSSIAN_FIXED, LikelihoodSpec.BERNOULLI -> Deviations.NONE;
          case LikelihoodSpec.GAUSSIAN_DECODER ->
              throw new IllegalArgumentException(
                  "a convolutional decoder gives no deviations, likelihood.kind must not be "
                      + likelihood.kind());
          default -> Deviations.EACH;
        };
    return new ConvolutionalLayout(size, latent, deviations);
  }

  /** Pixels of the encoder's last planes, rows. */
  int innerHeight() {
    return size.height() / WorkingSize.STEP;
  }

  /** Pixels of the encoder's last planes, columns. */
  int innerWidth() {
    return size.width() / WorkingSize.STEP;
  }

  private int inner() {
    return ENCODER.get(ENCODER.size() - 1) * innerHeight() * innerWidth();
  }

  /** Side of the first layer's kernels, and of all others. */
  static int kernel(String layer) {
    return layer.equals("encoder.0") ? 5 : 3;
  }

  /** Weights that start small: the posterior close to the prior, the frame close to the mean. */
  Set<String> small() {
    return Set.of("encoder.posterior.weight", "decoder.mean.weight");
  }

  /** While it trains, in the order in which they are flattened. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    hidden(shapes, true);
    return shapes;
  }

  /** As an artifact has them: the normalisation is part of the weights. */
  Map<String, Shape> foldedShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    hidden(shapes, false);
    return shapes;
  }

  private void hidden(Map<String, Shape> shapes, boolean training) {
    int below = size.channels();
    for (int layer = 0; layer < ENCODER.size(); layer++) {
      addConvolution(shapes, "encoder." + layer, ENCODER.get(layer), below);
      addAfter(shapes, "encoder." + layer, ENCODER.get(layer), ENCODER.get(layer), training);
      below = ENCODER.get(layer);
    }
    shapes.put("encoder.posterior.weight", new Shape(2L * latent, inner()));
    shapes.put("encoder.posterior.bias", new Shape(2L * latent));
    shapes.put("decoder.latent.weight", new Shape(inner(), latent));
    shapes.put("decoder.latent.bias", new Shape(inner()));
    for (int layer = 0; layer < DECODER.size(); layer++) {
      int planes = DECODER.get(layer);
      addConvolution(shapes, "decoder." + layer, SHUFFLED * planes, below);
      addAfter(shapes, "decoder." + layer, planes, SHUFFLED * planes, training);
      below = planes;
    }
    addConvolution(shapes, "decoder.mean", SHUFFLED * size.channels(), below);
    shapes.put("decoder.frame", new Shape(size.values()));
    switch (deviations) {
      case EACH -> shapes.put("likelihood.rho", new Shape(size.values()));
      case SHARED -> shapes.put("likelihood.rho", new Shape(1));
      case NONE -> {}
    }
  }

  private static void addConvolution(Map<String, Shape> shapes, String layer, int out, int in) {
    int kernel = kernel(layer);
    shapes.put(layer + ".weight", new Shape(out, in, kernel, kernel));
  }

  private static void addAfter(
      Map<String, Shape> shapes, String layer, int normalised, int convolved, boolean training) {
    if (training) {
      shapes.put(layer + ".gain", new Shape(normalised));
      shapes.put(layer + ".shift", new Shape(normalised));
    } else {
      shapes.put(layer + ".bias", new Shape(convolved));
    }
  }
}
