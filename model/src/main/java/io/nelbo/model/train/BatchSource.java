package io.nelbo.model.train;

import io.nelbo.model.network.PackedWindows;
import java.util.SplittableRandom;

/**
 * Shuffled batches of fit windows with some entries hidden, and the noise to go with them.
 *
 * <p>Every window comes once per round; a round that ends inside a batch is followed by the next.
 */
final class BatchSource {
  private final ScaledSpan span;
  private final Windows windows;
  private final SplittableRandom random;
  private final double hiddenShare;
  private final int[] order;
  private final float[] window;
  private final float[] noise;
  private int next;

  /**
   * @param hiddenShare share of the entries that the network must do without
   * @param noiseLength draws per batch: samples x rows x latent
   */
  BatchSource(
      ScaledSpan span,
      Windows windows,
      int noiseLength,
      double hiddenShare,
      SplittableRandom random) {
    this.span = span;
    this.windows = windows;
    this.random = random;
    this.hiddenShare = hiddenShare;
    window = new float[span.rowLength()];
    noise = new float[noiseLength];
    order = new int[windows.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    next = order.length;
  }

  /** Fills every row. */
  void next(PackedWindows packed) {
    for (int row = 0; row < packed.capacity(); row++) {
      if (next == order.length) {
        shuffle();
      }
      span.copy(windows, order[next++], window, 0);
      hideSome();
      packed.pack(row, window, 0);
    }
  }

  /**
   * Normal draws {@code [samples, rows, latent]}; with an even number of samples the second half
   * mirrors the first (antithetic pairs), which lowers the gradient's variance.
   */
  float[] noise(int samples) {
    int independent = samples % 2 == 0 ? noise.length / 2 : noise.length;
    for (int i = 0; i < independent; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    for (int i = independent; i < noise.length; i++) {
      noise[i] = -noise[i - independent];
    }
    return noise;
  }

  private void hideSome() {
    for (int i = 0; i < window.length; i++) {
      if (random.nextDouble() < hiddenShare) {
        window[i] = Float.NaN;
      }
    }
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    next = 0;
  }
}
