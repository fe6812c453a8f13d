package io.nelbo.model.gate;

import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.train.IndependentFeatures;
import io.nelbo.model.train.TrainingSpan;

/** What the norm of the scaled row alone would say of the held-out windows, in nats. */
final class NormBaseline {
  private static final int MOST_ROWS = 20_000;

  private NormBaseline() {}

  /**
   * Negative log-density of each held-out window's newest raw record under independent features.
   *
   * @param model whose scale and floor are used
   * @param fitted rows that the model was trained on
   */
  static double[] losses(Manifest model, TrainingSpan fitted, HeldOutWindows heldOut) {
    HeldOutWindows rows = new HeldOutWindows(fitted, 1, MOST_ROWS);
    int columns = rows.columns();
    IndependentFeatures independent =
        new IndependentFeatures(
            scaled(model, rows),
            new WindowShape(1, model.window().record()),
            model.network().deviationFloor(),
            model.network().range() == FeatureRange.UNIT_INTERVAL);
    double[] losses = independent.losses(scaled(model, heldOut));
    float[] raw = new float[columns];
    for (int window = 0; window < losses.length; window++) {
      newest(heldOut, window, raw, 0);
      losses[window] +=
          model.scaler().logDeterminant(heldOut.series(window), raw, 0, rows.features());
    }
    return losses;
  }

  private static float[] scaled(Manifest model, HeldOutWindows windows) {
    int columns = windows.columns();
    float[] scaled = new float[windows.size() * columns];
    for (int window = 0; window < windows.size(); window++) {
      newest(windows, window, scaled, window * columns);
      model
          .scaler()
          .toScaled(windows.series(window), scaled, window * columns, scaled, window * columns);
    }
    return scaled;
  }

  private static void newest(HeldOutWindows windows, int window, float[] target, int offset) {
    for (int column = 0; column < windows.columns(); column++) {
      target[offset + column] = windows.newest(window, column);
    }
  }
}
