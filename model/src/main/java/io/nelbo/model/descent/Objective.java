package io.nelbo.model.descent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.measure.Stages;
import java.util.Map;

/**
 * What a descent makes smaller: parameters by name and shape, and the loss of a batch under them.
 * All that is random is drawn in Java. One thread at a time.
 */
public interface Objective {
  /** Of every parameter, in the order in which they lie in one flat array. */
  Map<String, Shape> shapes();

  /** The parameters to start from, flat. */
  float[] initial();

  /** Windows per batch. */
  int batchSize();

  /** Draws the next batch and its noise. */
  void next();

  /**
   * Losses of the last batch, in operations that a gradient flows through.
   *
   * @param parameters by name, of the shapes above
   * @param warmth weight of what is warmed up, in (0, 1]
   * @param call holds all that is native
   * @param stages told when the batch has been sent
   * @return {@code [batchSize]}
   */
  NDArray losses(Map<String, NDArray> parameters, double warmth, NDManager call, Stages stages);
}
