package io.nelbo.model.family.pca;

import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.objective.DiagonalGaussian;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.Probes;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores the newest record of a window by its exact conditional density given the older records and
 * the context, under a linear Gaussian model of the whole window. All in Java, in double: a row's
 * bits depend on that row alone.
 *
 * <p>The posterior of the latent is exact, so the negative ELBO is {@code -log p} itself; the
 * reconstruction is what remains of it without the divergence. What is given is cut at the clip, as
 * an encoder's input is: one wild record must not make its successors strange. What is scored is
 * not.
 */
final class PcaModel implements WindowModel {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Patterns of missing values that are remembered; there are few on a real stream. */
  private static final int MOST_PATTERNS = 64;

  /** Largest scaled value, as everywhere. */
  private static final double MOST = 0x1p50;

  private final LinearGaussian model;
  private final WindowShape window;
  private final double clip;
  private final Optional<FeatureLosses> losses;
  private final double[] wholeVariance;
  private final ScoredRows scored = new ScoredRows();
  private final Map<BitSet, Conditioning> patterns =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BitSet, Conditioning> eldest) {
          return size() > MOST_PATTERNS;
        }
      };

  PcaModel(LinearGaussian model, WindowShape window, double clip, Optional<FeatureLosses> losses) {
    this.model = model;
    this.window = window;
    this.clip = clip;
    this.losses = losses;
    boolean[] all = new boolean[window.rowLength()];
    Arrays.fill(all, true);
    Conditioning whole = new Conditioning(model, window, all);
    wholeVariance = new double[window.features()];
    Arrays.setAll(wholeVariance, whole::variance);
  }

  @Override
  public ScoredRows score(float[] scaled, int rows) {
    scored.reserve(rows);
    for (int row = 0; row < rows; row++) {
      double[] values = values(scaled, row);
      Conditioning conditioning = conditioning(values);
      Conditioning.State state = conditioning.take(values);
      int observed = conditioning.seen().length;
      double loss = loss(conditioning, state);
      double divergence = DiagonalGaussian.clamped(state.divergence());
      double completed = completed(scaled, row, conditioning, state, loss);
      scored.set(row, loss - divergence, completed - divergence, divergence, observed);
    }
    return scored;
  }

  private static double loss(Conditioning conditioning, Conditioning.State state) {
    double loss = 0;
    for (int i = 0; i < conditioning.seen().length; i++) {
      loss += term(conditioning.variance(i), state.square(i));
    }
    return loss;
  }

  /** As if every feature had been observed. */
  private double completed(
      float[] scaled, int row, Conditioning conditioning, Conditioning.State state, double loss) {
    int observed = conditioning.seen().length;
    int features = window.features();
    if (observed == features) {
      return loss;
    }
    if (losses.isEmpty()) {
      return observed == 0 ? 0 : loss * ((double) features / observed);
    }
    double usual = 0;
    for (int i = 0; i < observed; i++) {
      usual += usualTerm(conditioning, state, i);
    }
    return losses.get().complete(usual, scaled, window.newest(row));
  }

  /** Without what a feature costs more only because those before it are missing. */
  private double usualTerm(Conditioning conditioning, Conditioning.State state, int i) {
    int feature = conditioning.seen()[i] - window.newest(0);
    return term(wholeVariance[feature], state.square(i));
  }

  private static double term(double variance, double square) {
    return 0.5 * (LOG_TWO_PI + Math.log(variance) + square);
  }

  @Override
  public FeatureLosses featureLosses(float[] scaled, int rows) {
    int features = window.features();
    double[][] found = new double[features][rows];
    int[] counts = new int[features];
    for (int row = 0; row < rows; row++) {
      double[] values = values(scaled, row);
      Conditioning conditioning = conditioning(values);
      Conditioning.State state = conditioning.take(values);
      for (int i = 0; i < conditioning.seen().length; i++) {
        int feature = conditioning.seen()[i] - window.newest(0);
        found[feature][counts[feature]++] = usualTerm(conditioning, state, i);
      }
    }
    Arrays.setAll(found, feature -> Arrays.copyOf(found[feature], counts[feature]));
    return FeatureLosses.of(found);
  }

  /**
   * Of each feature given all others that are observed: leaving one out of the posterior is a
   * division (Cook 1977), {@code residual / (1 - h)} with the leverage h.
   */
  @Override
  public List<Expectation> expect(float[] scaled, int rows) {
    List<Expectation> expectations = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      double[] values = values(scaled, row);
      Conditioning conditioning = conditioning(values);
      expectations.add(expectation(values, conditioning, conditioning.take(values)));
    }
    return expectations;
  }

  private Expectation expectation(
      double[] values, Conditioning conditioning, Conditioning.State state) {
    int features = window.features();
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int feature = 0; feature < features; feature++) {
      int place = window.newest(0) + feature;
      double spread = conditioning.spread(place);
      mean[feature] = model.mean()[place] + Conditioning.dot(model.weights()[place], state.mean());
      double variance = model.variance() + spread;
      if (!Double.isNaN(values[place])) {
        double left = Math.max(1e-9, 1 - spread / model.variance());
        mean[feature] = values[place] - (values[place] - mean[feature]) / left;
        variance = model.variance() / left;
      }
      deviation[feature] = Math.sqrt(variance);
    }
    return new Expectation(mean, deviation);
  }

  /** There is nothing to draw: the bound is tight. */
  @Override
  public List<Bounds> bounds(float[] scaled, int rows, int samples, long seed) {
    List<Bounds> bounds = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      double[] values = values(scaled, row);
      Conditioning conditioning = conditioning(values);
      double loss = loss(conditioning, conditioning.take(values));
      bounds.add(new Bounds(loss, loss));
    }
    return bounds;
  }

  @Override
  public float[] posteriorMeans(float[] scaled, int rows) {
    int latent = model.latent();
    float[] means = new float[rows * latent];
    for (int row = 0; row < rows; row++) {
      double[] values = values(scaled, row);
      double[] mean = conditioning(values).take(values).mean();
      for (int i = 0; i < latent; i++) {
        means[row * latent + i] = (float) mean[i];
      }
    }
    return means;
  }

  @Override
  public void warmUp() {
    Probes.score(this, window.rowLength());
  }

  /** Holds nothing native. */
  @Override
  public void close() {}

  private Conditioning conditioning(double[] values) {
    BitSet pattern = new BitSet(values.length);
    boolean[] observed = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      observed[i] = !Double.isNaN(values[i]);
      pattern.set(i, observed[i]);
    }
    return patterns.computeIfAbsent(pattern, one -> new Conditioning(model, window, observed));
  }

  /** A row, what is given cut at the clip. */
  private double[] values(float[] scaled, int row) {
    int length = window.rowLength();
    int newest = window.newest(0);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      boolean isScored = i >= newest && i < newest + window.features();
      double most = isScored ? MOST : clip;
      values[i] = Math.max(-most, Math.min(most, scaled[row * length + i]));
    }
    return values;
  }
}
