package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What becomes of the planes of a hidden layer before they are rectified. */
interface PlaneNormalisation {
  /** Added to a variance, so that a plane that never varies divides by something. */
  float EPSILON = 1e-5f;

  /** It is in the weights already. */
  PlaneNormalisation FOLDED = (layer, planes, parameters) -> planes;

  /**
   * By mean and variance of each plane over the batch, in operations that a gradient flows through.
   */
  PlaneNormalisation BATCH =
      (layer, planes, parameters) -> {
        NDManager manager = planes.getManager();
        Shape channels = new Shape(planes.getShape().get(1));
        return BatchNorm.batchNorm(
                planes,
                manager.zeros(channels),
                manager.ones(channels),
                parameters.apply(layer + ".gain"),
                parameters.apply(layer + ".shift"),
                1,
                0.9f,
                EPSILON,
                true)
            .get(0);
      };

  /**
   * @param planes {@code [rows, planes, height, width]}
   * @param parameters by name
   */
  NDArray apply(String layer, NDArray planes, Function<String, NDArray> parameters);

  /**
   * Means and variances of planes, by layer.
   *
   * @param mean of each plane
   * @param variance of each plane
   */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Statistics(float[] mean, float[] variance) {}

  /** As {@link #BATCH}, and notes what the batch gave: of a large one, for {@link Folding}. */
  final class Noting implements PlaneNormalisation {
    private final Map<String, Statistics> noted = new HashMap<>();

    @Override
    public NDArray apply(String layer, NDArray planes, Function<String, NDArray> parameters) {
      long channels = planes.getShape().get(1);
      NDArray mean = meanOfPlanes(planes, channels);
      NDArray centred = planes.sub(mean);
      NDArray variance = meanOfPlanes(centred.square(), channels);
      noted.put(layer, new Statistics(mean.toFloatArray(), variance.toFloatArray()));
      NDArray gain = parameters.apply(layer + ".gain").reshape(1, channels, 1, 1);
      NDArray shift = parameters.apply(layer + ".shift").reshape(1, channels, 1, 1);
      return centred.div(variance.add(EPSILON).sqrt()).mul(gain).add(shift);
    }

    private static NDArray meanOfPlanes(NDArray planes, long channels) {
      return planes
          .transpose(1, 0, 2, 3)
          .reshape(channels, -1)
          .mean(new int[] {1})
          .reshape(1, channels, 1, 1);
    }

    Map<String, Statistics> noted() {
      return Map.copyOf(noted);
    }
  }
}
