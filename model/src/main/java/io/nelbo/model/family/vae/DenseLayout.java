package io.nelbo.model.family.vae;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.record.WindowShape;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names and shapes of a dense encoder and decoder.
 *
 * <p>The encoder sees the whole window and its mask. The decoder sees the latent, for windows
 * longer than one record the older records, and the newest record's context, with their mask, so
 * that only the newest record's features are modelled: {@code p(x_t | x_{t-W+1}..x_{t-1}, c_t)}.
 *
 * @param windowLength records per window
 * @param features features per record, which are modelled
 * @param context columns of each record behind its features, which are not
 * @param hidden widths of the encoder's hidden layers, the first next to the input; the decoder has
 *     the same in reverse
 * @param latent latent dimensions
 * @param activation after each hidden layer
 * @param deviation of a feature's error
 * @param older what becomes of the older records
 */
record DenseLayout(
    int windowLength,
    int features,
    int context,
    List<Integer> hidden,
    int latent,
    HiddenActivation activation,
    DeviationSource deviation,
    OlderRecords older) {
  /** Weights of the linear part of the decoder's mean, {@code [features, givenValues]}. */
  static final String LINEAR = "decoder.linear.weight";

  /** Variance of each feature around what was to be expected, see {@link PriorSurprise}. */
  static final String EXPECTED_VARIANCE = "likelihood.expectedVariance";

  public DenseLayout {
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
    requireArgument(features > 0, "features must be positive, got %s", features);
    requireArgument(context >= 0, "context must not be negative, got %s", context);
    hidden = List.copyOf(hidden);
    requireArgument(!hidden.isEmpty(), "hidden must name at least one layer");
    for (int width : hidden) {
      requireArgument(width > 0, "hidden must be positive, got %s", width);
    }
    requireArgument(latent > 0, "latent must be positive, got %s", latent);
  }

  /** Records without context. */
  public DenseLayout(
      int windowLength,
      int features,
      List<Integer> hidden,
      int latent,
      HiddenActivation activation,
      DeviationSource deviation) {
    this(
        windowLength,
        features,
        0,
        hidden,
        latent,
        activation,
        deviation,
        OlderRecords.MARKED_MISSING);
  }

  /** Two hidden layers of one width on either side, with relu, for scaled real values. */
  public DenseLayout(int windowLength, int features, int hidden, int latent) {
    this(
        windowLength,
        features,
        List.of(hidden, hidden),
        latent,
        HiddenActivation.RELU,
        DeviationSource.PER_FEATURE);
  }

  /** As a manifest asks for it. In the first format the masks of sensors are 1 where observed. */
  static DenseLayout of(int formatVersion, WindowShape window, DenseNetworkSpec network) {
    DeviationSource deviation =
        switch (network.likelihood().kind()) {
          case LikelihoodSpec.GAUSSIAN_SHARED -> DeviationSource.SHARED;
          case LikelihoodSpec.GAUSSIAN_FIXED -> DeviationSource.FIXED;
          case LikelihoodSpec.GAUSSIAN_DECODER -> DeviationSource.DECODER;
          case LikelihoodSpec.BERNOULLI -> DeviationSource.BITS;
          default -> DeviationSource.PER_FEATURE;
        };
    return new DenseLayout(
        window.length(),
        window.features(),
        window.context(),
        network.hidden(),
        network.latent(),
        HiddenActivation.named(network.activation()),
        deviation,
        network.linearPath()
            ? OlderRecords.CONTINUED
            : deviation == DeviationSource.BITS || formatVersion > 1
                ? OlderRecords.MARKED_MISSING
                : OlderRecords.MARKED_OBSERVED);
  }

  /** Whether a mask is 1 where a value is missing, or where it was observed. */
  public boolean marksMissing() {
    return older != OlderRecords.MARKED_OBSERVED;
  }

  /** Whether the decoder's mean has a linear part of what is given, and what goes with it. */
  public boolean isLinear() {
    return older == OlderRecords.CONTINUED;
  }

  /** Whether features are bits or grey in [0, 1]. */
  public boolean bits() {
    return deviation == DeviationSource.BITS;
  }

  /** Columns of the encoder's input: values and mask of every record. */
  public int inputWidth() {
    return 2 * rowLength();
  }

  /**
   * Leading columns of the input that the decoder sees too: values and mask of the older records
   * and of the newest record's context.
   */
  public int contextWidth() {
    return 2 * givenValues();
  }

  /** Leading columns of the input that are values: of the older records and of the context. */
  public int givenValues() {
    return rowLength() - features;
  }

  /** Values per record before packing: features, then context. */
  public int columns() {
    return features + context;
  }

  /** Values per window before packing. */
  public int rowLength() {
    return windowLength * columns();
  }

  /**
   * Weights that start small: the posterior close to the prior, a decoded variance close to 1, and
   * the mean close to its linear part if there is one.
   */
  Set<String> small() {
    Set<String> small = new HashSet<>();
    small.add("encoder.posterior.weight");
    small.add("decoder.logVariance.weight");
    if (isLinear()) {
      small.add("decoder.mean.weight");
    }
    return small;
  }

  /** Shape of every parameter, {@code [out, in]} for weights, in the order they are flattened. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    int below = inputWidth();
    for (int layer = 0; layer < hidden.size(); layer++) {
      addLayer(shapes, "encoder." + layer, hidden.get(layer), below);
      below = hidden.get(layer);
    }
    addLayer(shapes, "encoder.posterior", 2 * latent, below);
    below = latent;
    for (int layer = 0; layer < hidden.size(); layer++) {
      int width = hidden.get(hidden.size() - 1 - layer);
      addLayer(shapes, "decoder." + layer, width, below);
      if (layer == 0 && contextWidth() > 0) {
        shapes.put("decoder.context.weight", new Shape(width, contextWidth()));
      }
      below = width;
    }
    addLayer(shapes, "decoder.mean", features, below);
    if (isLinear()) {
      shapes.put(LINEAR, new Shape(features, givenValues()));
    }
    switch (deviation) {
      case PER_FEATURE -> shapes.put("likelihood.rho", new Shape(features));
      case SHARED -> shapes.put("likelihood.rho", new Shape(1));
      case DECODER -> addLayer(shapes, "decoder.logVariance", features, below);
      case FIXED, BITS -> {}
    }
    return shapes;
  }

  /** Shape of every tensor of an artifact: the parameters, and so many draws of noise. */
  Map<String, Shape> tensors(int samples) {
    Map<String, Shape> tensors = shapes();
    tensors.put(NoiseBank.TENSOR, new Shape(samples, latent));
    if (isLinear()) {
      tensors.put(EXPECTED_VARIANCE, new Shape(features));
    }
    return tensors;
  }

  private static void addLayer(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }
}
