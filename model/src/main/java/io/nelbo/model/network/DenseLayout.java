package io.nelbo.model.network;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and shapes of a dense encoder and decoder.
 *
 * <p>The encoder sees the whole window and its mask. The decoder sees the latent and, for windows
 * longer than one record, the older records and their mask, so that only the newest record is
 * modelled: {@code p(x_t | x_{t-W+1}..x_{t-1})}.
 *
 * @param windowLength records per window
 * @param features features per record
 * @param hidden width of each of the two hidden layers on either side
 * @param latent latent dimensions
 */
public record DenseLayout(int windowLength, int features, int hidden, int latent) {
  /** The kind that {@code NetworkSpec} names. */
  public static final String KIND = "dense";

  public DenseLayout {
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
    requireArgument(features > 0, "features must be positive, got %s", features);
    requireArgument(hidden > 0, "hidden must be positive, got %s", hidden);
    requireArgument(latent > 0, "latent must be positive, got %s", latent);
  }

  /** Columns of the encoder's input: values and mask of every record. */
  public int inputWidth() {
    return 2 * windowLength * features;
  }

  /** Leading columns of the input that the decoder sees too: values and mask of older records. */
  public int contextWidth() {
    return 2 * (windowLength - 1) * features;
  }

  /** Values per window before packing. */
  public int rowLength() {
    return windowLength * features;
  }

  /** Shape of every parameter, {@code [out, in]} for weights, in the order they are flattened. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    addLayer(shapes, "encoder.0", hidden, inputWidth());
    addLayer(shapes, "encoder.1", hidden, hidden);
    addLayer(shapes, "encoder.posterior", 2 * latent, hidden);
    addLayer(shapes, "decoder.0", hidden, latent);
    if (contextWidth() > 0) {
      shapes.put("decoder.context.weight", new Shape(hidden, contextWidth()));
    }
    addLayer(shapes, "decoder.1", hidden, hidden);
    addLayer(shapes, "decoder.mean", features, hidden);
    shapes.put("likelihood.rho", new Shape(features));
    return shapes;
  }

  private static void addLayer(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }
}
