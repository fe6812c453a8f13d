package io.nelbo.model.fit;

import ai.djl.Device;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.WindowModel;
import java.util.Optional;

/**
 * A kind of model: what fits one to a scaled span, and what opens it from an artifact. Everything
 * around it is the same for all: blocks, scaler, calibration, gate, bundle. Its part of the
 * manifest is its {@link NetworkSpec}.
 *
 * <p>Without state: one object serves all threads.
 */
public interface Family {
  /** As {@code train.family} and the manifest say it: a lower-case word. */
  String name();

  /** Whether it is of records like these, however many a window has. */
  boolean takes(RecordShape record);

  /**
   * @throws IllegalArgumentException that says which records and how many, unless these are such
   */
  void requireTakes(WindowShape window);

  /** What it wants the features to be: the spans that it fits to come like this. */
  FeatureRange range(TrainingConfig config);

  /** Whether this model's weights can be where such a training starts. */
  boolean canStartFrom(Manifest model, WindowShape window, TrainingConfig config);

  /**
   * Finds the weights, on the calling thread. The same order gives the same bits on one type of
   * CPU, unless the budget ends it.
   *
   * @throws TrainingException when no model can come of it, or the listener stopped it
   */
  Fitted fit(FitOrder order, TrainingListener listener) throws TrainingException;

  /**
   * Copies the weights to where they are computed with; the caller closes the model.
   *
   * @throws IllegalArgumentException when the weights contradict themselves, or are of another
   *     family
   * @throws io.nelbo.model.score.DeviceMemoryException when a GPU has no room for them
   */
  WindowModel open(ModelWeights weights, Device device);

  /** What a benchmark of the engine measures; empty for a family that does not use the engine. */
  default Optional<Measured> measured() {
    return Optional.empty();
  }

  /** Single calls of the engine on made-up records. */
  interface Measured {
    /**
     * Scores a batch.
     *
     * @param device as {@code EngineDevice} knows it
     */
    EngineWork scoring(TrainingConfig config, int features, int batch, String device);

    /** Takes steps of a training. */
    EngineWork training(TrainingConfig config, int features, String device);
  }
}
