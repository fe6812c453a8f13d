package io.nelbo.model.family.vae;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.ShuffledOrder;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.objective.NoiseBank;
import java.util.SplittableRandom;

/**
 * Shuffled batches of fit windows with some entries hidden, as bits if so designed, and the noise
 * to go with them.
 *
 * <p>Every window comes once per round; a round that ends inside a batch is followed by the next.
 */
final class BatchSource {
  private final ScaledSpan span;
  private final Windows windows;
  private final SplittableRandom random;
  private final Design design;
  private final ShuffledOrder order;
  private final float[] window;
  private final float[] noise;

  /**
   * @param noiseLength draws per batch: samples x rows x latent
   */
  BatchSource(
      ScaledSpan span, Windows windows, int noiseLength, Design design, SplittableRandom random) {
    this.span = span;
    this.windows = windows;
    this.random = random;
    this.design = design;
    window = new float[span.rowLength()];
    noise = new float[noiseLength];
    order = new ShuffledOrder(windows.size(), random);
  }

  /** Fills every row. */
  void next(PackedWindows packed) {
    for (int row = 0; row < packed.capacity(); row++) {
      span.copy(windows, order.next(), window, 0);
      hideSome();
      if (design.binarise()) {
        binarise(window, random);
      }
      packed.pack(row, window, 0);
    }
  }

  /**
   * Normal draws {@code [samples, rows, latent]}; with an even number of samples the second half
   * mirrors the first (antithetic pairs), which lowers the gradient's variance.
   */
  float[] noise(int samples) {
    NoiseBank.drawMirrored(noise, samples, random);
    return noise;
  }

  /** Replaces each value in [0, 1] by a bit that is 1 with this probability; NaN stays. */
  static void binarise(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        values[i] = random.nextDouble() < values[i] ? 1f : 0f;
      }
    }
  }

  private void hideSome() {
    if (design.hiddenShare() == 0) {
      return;
    }
    for (int i = 0; i < window.length; i++) {
      if (random.nextDouble() < design.hiddenShare()) {
        window[i] = Float.NaN;
      }
    }
  }
}
