package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Parameters of the same network with every layer's output widened by zeros to a multiple of 16.
 *
 * <p>The engine's matrix product gives a row other bits in another position when it has fewer than
 * 12 output columns (measured; libtorch 2.7.1 on x86-64), and a score must not depend on its
 * neighbours. The added latents follow the prior exactly and are decoded with weight zero; the
 * added features are never observed. So no result changes.
 */
final class PaddedParameters {
  private static final int MULTIPLE = 16;

  private final DenseLayout layout;
  private final int latent;
  private final int features;

  public PaddedParameters(DenseLayout layout) {
    this.layout = layout;
    latent = roundedUp(layout.latent(), MULTIPLE / 2); // mean and log variance make one output
    features = roundedUp(layout.features(), MULTIPLE);
  }

  /** Columns of the decoder's output and of the target. */
  public int features() {
    return features;
  }

  /** Columns of the posterior's mean. */
  public int latent() {
    return latent;
  }

  /**
   * @param tensors shaped as {@link DenseLayout#shapes()} says
   */
  public Map<String, Tensor> pad(Map<String, Tensor> tensors) {
    Map<String, Tensor> padded = new HashMap<>();
    tensors.forEach((name, tensor) -> padded.put(name, pad(name, tensor)));
    return padded;
  }

  /** Latent draws, {@code [samples, latent]}; zero in the added columns. */
  public Tensor padNoise(Tensor noise) {
    int samples = noise.shape()[0];
    Tensor padded = new Tensor(new int[] {samples, latent}, new float[samples * latent]);
    copy(noise, 0, samples, padded, 0);
    return padded;
  }

  private Tensor pad(String name, Tensor tensor) {
    int rows = tensor.shape()[0];
    int columns = tensor.shape().length == 1 ? 1 : tensor.shape()[1];
    int paddedRows = paddedOutputs(name, rows);
    int paddedColumns = tensor.shape().length == 1 ? 1 : paddedInputs(name, columns);
    int[] shape =
        tensor.shape().length == 1 ? new int[] {paddedRows} : new int[] {paddedRows, paddedColumns};
    Tensor padded = new Tensor(shape, new float[paddedRows * paddedColumns]);
    if (name.startsWith("encoder.posterior")) {
      copy(tensor, 0, layout.latent(), padded, 0);
      copy(tensor, layout.latent(), rows, padded, latent);
    } else {
      copy(tensor, 0, rows, padded, 0);
    }
    return padded;
  }

  private int paddedOutputs(String name, int rows) {
    if (name.equals("likelihood.rho") && layout.deviation() == DeviationSource.SHARED) {
      return rows;
    }
    return name.startsWith("encoder.posterior") ? 2 * latent : roundedUp(rows, MULTIPLE);
  }

  private int paddedInputs(String name, int columns) {
    return switch (name) {
      case "encoder.0.weight", "decoder.context.weight", DenseLayout.LINEAR -> columns;
      case "decoder.0.weight" -> latent;
      default -> roundedUp(columns, MULTIPLE);
    };
  }

  /** Copies rows {@code from..to} (exclusive) to {@code row} and the following of the target. */
  private static void copy(Tensor source, int from, int to, Tensor target, int row) {
    int columns = source.shape().length == 1 ? 1 : source.shape()[1];
    int targetColumns = target.shape().length == 1 ? 1 : target.shape()[1];
    for (int i = from; i < to; i++) {
      System.arraycopy(
          source.values(), i * columns, target.values(), (row + i - from) * targetColumns, columns);
    }
  }

  private static int roundedUp(int width, int multiple) {
    return (width + multiple - 1) / multiple * multiple;
  }
}
