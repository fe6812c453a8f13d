package io.nelbo.model.fit;

import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a family has found.
 *
 * @param tensors the weights, by name, and all else that scoring takes from the weights' file
 * @param figures for the manifest, by name
 * @param steps how many there were; 0 where nothing is descended
 * @param bestStep the one whose weights these are
 * @param curve progress at every evaluation
 */
public record Fitted(
    NetworkSpec network,
    Map<String, Tensor> tensors,
    Map<String, Double> figures,
    int steps,
    int bestStep,
    List<TrainingProgress> curve) {
  public Fitted {
    tensors = Map.copyOf(tensors);
    figures = Map.copyOf(figures);
    curve = List.copyOf(curve);
  }
}
