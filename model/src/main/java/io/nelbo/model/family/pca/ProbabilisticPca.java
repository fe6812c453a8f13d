package io.nelbo.model.family.pca;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.Device;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.LinearGaussianSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.fit.Family;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Probabilistic principal components (Tipping and Bishop 1999) of the whole window, in closed form.
 *
 * <p>Of the settings it takes the window, {@code latent}, {@code trim} and the deviation's floor.
 * With {@code latent: 0} it takes as many components as explain the stop windows best, by the mean
 * of {@code -log p} of their newest records.
 */
public final class ProbabilisticPca implements Family {
  private static final String NAME = "pca";

  /** What is given is cut here, and what is fitted to, in scaled units; what is scored is not. */
  private static final double CLIP = 10;

  /** Values per window: the axes take the cube of them. */
  private static final int MOST_VALUES = 1024;

  /** Windows times squared values: some ten seconds. */
  private static final double MOST_PRODUCTS = 2e10;

  private static final List<Integer> COMPONENTS = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean takes(RecordShape record) {
    return record instanceof RecordColumns;
  }

  @Override
  public void requireTakes(WindowShape window) {
    window.record().named("the family " + NAME);
    requireArgument(
        window.rowLength() <= MOST_VALUES,
        "the family %s models the values of a window jointly, %s records of %s columns are more"
            + " than %s of them: a shorter window.length, or another train.family",
        NAME,
        window.length(),
        window.columns(),
        MOST_VALUES);
  }

  @Override
  public FeatureRange range(TrainingConfig config) {
    return FeatureRange.SCALED;
  }

  /** There is nothing to start from: the same records give the same model. */
  @Override
  public boolean canStartFrom(Manifest model, WindowShape window, TrainingConfig config) {
    return false;
  }

  @Override
  public Fitted fit(FitOrder order, TrainingListener listener) throws TrainingException {
    int length = order.window().rowLength();
    requireWanted(listener, 0, Double.NaN);
    Windows windows = order.fit().thin((int) (MOST_PRODUCTS / length / length));
    LinearGaussian model = fit(order, order.span().copyAll(windows));
    double trim = order.config().data().trim();
    if (trim > 0) {
      model = fit(order, order.span().copyAll(usual(order, model, windows, trim)));
    }
    requireWanted(listener, 1, heldOut(order, model));
    LinearGaussianSpec network =
        new LinearGaussianSpec(model.latent(), order.config().data().deviationFloor(), CLIP);
    return new Fitted(network, model.tensors(), Map.of(), 0, 0, List.of());
  }

  /** Without the share that is least likely under a first model. */
  private static Windows usual(FitOrder order, LinearGaussian model, Windows windows, double trim) {
    double[] losses = losses(model, order.window(), order.span(), windows);
    double[] sorted = losses.clone();
    Arrays.sort(sorted);
    double border = sorted[Math.max(0, losses.length - 1 - (int) (trim * losses.length))];
    return windows.keep(window -> losses[window] <= border);
  }

  private static LinearGaussian fit(FitOrder order, float[] rows) throws TrainingException {
    int length = order.window().rowLength();
    double floor = order.config().data().deviationFloor();
    Covariance covariance = Covariance.of(rows, length, CLIP);
    Covariance.Axes axes = covariance.axes();
    int most = Math.max(1, Math.min(length - 1, rows.length / length - 1));
    if (order.config().network().latent() > 0) {
      return covariance.model(axes, Math.min(most, order.config().network().latent()), floor);
    }
    LinearGaussian best = covariance.model(axes, 1, floor);
    double least = heldOut(order, best);
    for (int components : COMPONENTS) {
      if (components > 1 && components <= most) {
        LinearGaussian candidate = covariance.model(axes, components, floor);
        double figure = heldOut(order, candidate);
        if (figure < least) {
          least = figure;
          best = candidate;
        }
      }
    }
    return best;
  }

  /** Mean of {@code -log p} of the stop windows but for the worst share, as the descent has it. */
  private static double heldOut(FitOrder order, LinearGaussian model) {
    double[] losses = losses(model, order.window(), order.span(), order.stop());
    Arrays.sort(losses);
    int kept = Math.max(1, losses.length - (int) (order.config().data().trim() * losses.length));
    return Arrays.stream(losses, 0, kept).average().orElseThrow();
  }

  private static double[] losses(
      LinearGaussian model, WindowShape window, ScaledSpan span, Windows windows) {
    PcaModel scorer = new PcaModel(model, window, CLIP, Optional.empty());
    ScoredRows scored = scorer.score(span.copyAll(windows), windows.size());
    double[] losses = new double[windows.size()];
    Arrays.setAll(losses, scored::negativeElbo);
    return losses;
  }

  private static void requireWanted(TrainingListener listener, int step, double figure)
      throws TrainingException {
    if (!listener.onProgress(new TrainingProgress(step, 1, figure, figure))
        || Thread.currentThread().isInterrupted()) {
      throw new TrainingException("training was stopped");
    }
  }

  @Override
  public WindowModel open(ModelWeights weights, Device device) {
    requireTakes(weights.window());
    if (!(weights.network() instanceof LinearGaussianSpec network)) {
      throw new IllegalArgumentException(
          "network.kind must be %s, got %s"
              .formatted(LinearGaussianSpec.KIND, weights.network().kind()));
    }
    return new PcaModel(
        LinearGaussian.of(weights.tensors(), weights.window().rowLength(), network.latent()),
        weights.window(),
        network.inputClip(),
        weights.featureLosses());
  }
}
