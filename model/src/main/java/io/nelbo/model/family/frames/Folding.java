package io.nelbo.model.family.frames;

import io.nelbo.model.artifact.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the normalisation of a trained network part of its weights: {@code gain (w x - mean) / sd +
 * shift = (gain / sd) w x + (shift - gain mean / sd)}. From then on a frame's score has nothing to
 * do with its neighbours.
 */
final class Folding {
  private Folding() {}

  /**
   * @param trained as {@link ConvolutionalLayout#shapes()} says
   * @param population of the fitted frames, by layer
   * @return as {@link ConvolutionalLayout#foldedShapes()} says
   */
  static Map<String, Tensor> fold(
      Map<String, Tensor> trained, Map<String, PlaneNormalisation.Statistics> population) {
    Map<String, Tensor> folded = new LinkedHashMap<>();
    trained.forEach(
        (name, tensor) -> {
          String layer = name.substring(0, name.lastIndexOf('.'));
          PlaneNormalisation.Statistics statistics = population.get(layer);
          if (statistics == null) {
            folded.put(name, tensor);
          } else if (name.endsWith(".weight")) {
            fold(layer, tensor, trained, statistics, folded);
          }
        });
    return folded;
  }

  private static void fold(
      String layer,
      Tensor weight,
      Map<String, Tensor> trained,
      PlaneNormalisation.Statistics population,
      Map<String, Tensor> folded) {
    float[] gain = Tensor.named(layer + ".gain", trained).values();
    float[] shift = Tensor.named(layer + ".shift", trained).values();
    int outputs = weight.shape()[0];
    int shuffled = outputs / gain.length;
    int inputs = weight.values().length / outputs;
    float[] weights = new float[weight.values().length];
    float[] bias = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      int plane = output / shuffled; // the planes that are shuffled into one lie side by side
      double factor =
          gain[plane]
              / Math.sqrt(population.variance()[plane] + (double) PlaneNormalisation.EPSILON);
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        weights[i] = (float) (factor * weight.values()[i]);
      }
      bias[output] = (float) (shift[plane] - factor * population.mean()[plane]);
    }
    folded.put(layer + ".weight", new Tensor(weight.shape(), weights));
    folded.put(layer + ".bias", new Tensor(new int[] {outputs}, bias));
  }
}
