package io.nelbo.model.detect;

import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.window.WindowBatch;

/**
 * Brings the windows of a batch to a model's scale.
 *
 * @param scaler of the model
 * @param window of the model, and of the batches
 */
record BatchScaling(Scaler scaler, WindowShape window) {
  /** Copies one window, scaled. */
  void scale(WindowBatch batch, int row, float[] target, int offset) {
    for (int i = 0; i < batch.rowLength(); i += batch.columns()) {
      scaler.toScaled(
          batch.series(row), batch.values(), row * batch.rowLength() + i, target, offset + i);
    }
  }

  /** Of the newest record's features. */
  double observedShare(WindowBatch batch, int row) {
    int features = window.features();
    int newest = newest(batch, row);
    int observed = 0;
    for (int i = newest; i < newest + features; i++) {
      if (!Float.isNaN(batch.values()[i])) {
        observed++;
      }
    }
    return (double) observed / features;
  }

  /** What scaling adds to the row's negative log-density, in nats. */
  double logDeterminant(WindowBatch batch, int row) {
    return scaler.logDeterminant(
        batch.series(row), batch.values(), newest(batch, row), window.features());
  }

  /** Where the row's newest record begins. */
  static int newest(WindowBatch batch, int row) {
    return (row + 1) * batch.rowLength() - batch.columns();
  }
}
