package io.nelbo.model.train;

import ai.djl.Device;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.family.Families;
import io.nelbo.model.fit.Family;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.scale.ScalerFitter;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fits models of one family to splits of one span: scale, fit, set offsets. */
final class NetworkFit {
  private static final int LEAST_AT_ONCE = 32;
  private static final int MOST_AT_ONCE = 4096;

  /** Values that may be copied at once: 64 MB. */
  private static final int MOST_VALUES = 1 << 24;

  /**
   * What one split gives to fit, to stop and to calibrate.
   *
   * @param before windows right before those that calibrate, for means over records
   */
  record Parts(
      Scaler scaler, ScaledSpan span, Windows fit, Windows stop, Windows heldOut, Windows before) {
    boolean suffices(int leastFit, int leastStop, int leastCalibrate) {
      return fit.size() >= leastFit && stop.size() >= leastStop && heldOut.size() >= leastCalibrate;
    }
  }

  /** What was fitted, opened to score. */
  record FittedModel(
      Parts parts, Fitted fitted, Optional<FeatureLosses> losses, Scaler scaler, WindowModel model)
      implements AutoCloseable {
    HeldOutCalibration calibration() {
      return new HeldOutCalibration(model, scaler, parts.span());
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private final TrainingRequest request;
  private final Optional<ModelArtifact> start;
  private final TrainingConfig config;
  private final Clock clock;
  private final Device device;
  private final SortedSpan sorted;
  private final WindowShape window;
  private final Family family;

  /**
   * @param start whose weights the fit starts from; empty for weights that are drawn
   * @throws TrainingException when the family takes no such records
   */
  NetworkFit(
      TrainingRequest request,
      SortedSpan sorted,
      Optional<ModelArtifact> start,
      Clock clock,
      Device device)
      throws TrainingException {
    this.request = request;
    this.start = start;
    this.sorted = sorted;
    this.clock = clock;
    this.device = device;
    config = request.config();
    window = request.span().window(config.windowLength());
    try {
      family = Families.named(config.family(), window.record());
      family.requireTakes(window);
    } catch (IllegalArgumentException foreign) {
      throw new TrainingException(String.valueOf(foreign.getMessage()), foreign);
    }
  }

  WindowShape window() {
    return window;
  }

  /** Whose weights the fit starts from. */
  Optional<ModelArtifact> start() {
    return start;
  }

  Parts parts(BlockSplit split) throws TrainingException {
    FitExclusion exclusion = split.capped(request.exclusion());
    Scaler scaler = scaler(split, exclusion);
    ScaledSpan span = new ScaledSpan(sorted.segments(), scaler, window);
    Windows heldOut = observed(split.windows(BlockSplit.Role.CALIBRATE), FitExclusion.NONE, span);
    Windows before =
        heldOut.before(RecentScores.memory(config.alerts().smooth()), config.windowLength());
    return new Parts(
        scaler,
        span,
        observed(split.windows(BlockSplit.Role.FIT), exclusion, span),
        observed(split.windows(BlockSplit.Role.STOP), FitExclusion.NONE, span).thin(atOnce()),
        heldOut,
        observed(before, request.exclusion(), span));
  }

  /** The caller closes it. */
  FittedModel fit(Parts parts, Instant end, TrainingListener listener) throws TrainingException {
    Fitted fitted =
        family.fit(
            new FitOrder(
                config,
                window,
                parts.span(),
                parts.fit(),
                parts.stop(),
                start,
                device,
                () -> !clock.instant().isBefore(end)),
            listener);
    if (family.range(config) == FeatureRange.PIXELS) {
      // Nothing of a frame is ever missing, and channels that are calibrated for themselves rank.
      WindowModel model = open(fitted, Optional.empty());
      return new FittedModel(parts, fitted, Optional.empty(), parts.scaler(), model);
    }
    float[] stopWindows = parts.span().copyAll(parts.stop());
    FeatureLosses losses;
    try (WindowModel model = open(fitted, Optional.empty())) {
      losses = model.featureLosses(stopWindows, parts.stop().size());
    }
    WindowModel model = open(fitted, Optional.of(losses));
    Map<String, Double> offsets = scoreOffsets(model, parts.span(), parts.stop(), stopWindows);
    Scaler offset = parts.scaler().withScoreOffsets(offsets);
    return new FittedModel(parts, fitted, Optional.of(losses), offset, model);
  }

  /** How many windows are copied at once: fewer of wide ones. */
  private int atOnce() {
    return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, MOST_VALUES / window.rowLength()));
  }

  private WindowModel open(Fitted fitted, Optional<FeatureLosses> losses) {
    return family.open(
        new ModelWeights(
            fitted.network().format(), window, fitted.network(), fitted.tensors(), losses),
        device);
  }

  private Scaler scaler(BlockSplit split, FitExclusion exclusion) throws TrainingException {
    if (family.range(config) == FeatureRange.SCALED) {
      return ScalerFitter.fit(
              split.fitSegments(exclusion), request.span().columns(), config.data().scaleBySeries())
          .withSeries(request.scalesBefore());
    }
    List<Segment> segments = sorted.segments();
    if (family.range(config) == FeatureRange.UNIT_INTERVAL) {
      UnitInterval.require(segments, request.span().columns());
    }
    return Scaler.identity(
        window.columns(), segments.stream().map(Segment::series).distinct().toList());
  }

  private Windows observed(Windows all, FitExclusion exclusion, ScaledSpan span) {
    return all.keep(
        window ->
            span.observedShare(all, window) >= HeldOutCalibration.LEAST_OBSERVED
                && !isExcluded(exclusion, all, window));
  }

  private boolean isExcluded(FitExclusion exclusion, Windows windows, int window) {
    Segment segment = sorted.segments().get(windows.segment(window));
    return exclusion.excludes(segment.series(), segment.eventTimeMillis()[windows.row(window)]);
  }

  private static Map<String, Double> scoreOffsets(
      WindowModel model, ScaledSpan span, Windows stop, float[] stopWindows) {
    ScoredRows scored = model.score(stopWindows, stop.size());
    List<String> series = new ArrayList<>();
    double[] statistics = new double[stop.size()];
    for (int window = 0; window < stop.size(); window++) {
      series.add(span.series(stop, window));
      statistics[window] = scored.statistic(window);
    }
    return ScoreOffsets.of(series, statistics);
  }

  /** What these windows say of the model. */
  Diagnosis diagnose(FittedModel fitted, Windows heldOut) {
    WindowModel model = fitted.model();
    ScaledSpan span = fitted.parts().span();
    Windows fit = fitted.parts().fit();
    Windows compared = heldOut.thin(atOnce());
    float[] windows = span.copyAll(compared);
    if (family.range(config) == FeatureRange.PIXELS) {
      return Diagnosis.of(
          model.posteriorMeans(windows, compared.size()), fitted.fitted().network().latent());
    }
    IndependentFeatures independent =
        new IndependentFeatures(
            span.copyAll(fit.thin(atOnce())),
            window,
            config.data().deviationFloor(),
            family.range(config) == FeatureRange.UNIT_INTERVAL);
    ScoredRows scored = model.score(windows, compared.size());
    double[] negativeElbos = new double[compared.size()];
    Arrays.setAll(negativeElbos, scored::negativeElbo);
    return Diagnosis.of(
        model.posteriorMeans(windows, compared.size()),
        fitted.fitted().network().latent(),
        negativeElbos,
        independent.losses(windows),
        window.given() > 0);
  }
}
