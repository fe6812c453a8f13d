package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** The mean over latent draws, with the same bits in every shape. */
final class DrawMean {
  private DrawMean() {}

  /**
   * @param draws {@code [samples, rows, features]}
   * @return {@code [rows, features]}
   */
  static NDArray of(NDArray draws) {
    // Added one by one: the engine's own reductions may add in another order in another shape.
    NDList samples = draws.split(draws.getShape().get(0));
    NDArray sum = samples.get(0);
    for (int i = 1; i < samples.size(); i++) {
      sum = sum.add(samples.get(i));
    }
    return times(sum.squeeze(0), 1.0 / samples.size());
  }
}
