package io.nelbo.model.train;

import ai.djl.Device;
import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelLabel;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.calibrate.FeatureLosses;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One training, from span to artifact: split, scale, let the family fit, set offsets, calibrate,
 * report.
 */
final class TrainingRun {
  private static final int LEAST_FIT = 32;
  private static final int LEAST_STOP = 4;
  private static final int LEAST_CALIBRATE = 8;
  private static final int MOST_AT_ONCE = 4096;

  /** Values that may be copied at once: 64 MB. */
  private static final int MOST_VALUES = 1 << 24;

  private final TrainingRequest request;
  private final TrainingConfig config;
  private final Clock clock;
  private final Device device;
  private final SortedSpan sorted;
  private final WindowShape window;
  private final Family family;

  TrainingRun(TrainingRequest request, Clock clock, Device device) {
    this.request = request;
    this.clock = clock;
    this.device = device;
    config = request.config();
    sorted = new SortedSpan(request.span());
    window = request.span().window(config.windowLength());
    family = Families.named(config.family());
  }

  Training run(TrainingListener listener) throws TrainingException {
    Instant started = clock.instant();
    requireTaken();
    BlockSplit split = new BlockSplit(sorted.segments(), config.windowLength());
    FitExclusion exclusion = split.capped(request.exclusion());
    Scaler scaler = scaler(split, exclusion);
    ScaledSpan span = new ScaledSpan(sorted.segments(), scaler, window);
    Windows fit = windows(split, BlockSplit.Role.FIT, exclusion, span, LEAST_FIT);
    Windows stop =
        windows(split, BlockSplit.Role.STOP, FitExclusion.NONE, span, LEAST_STOP).thin(atOnce());
    Windows heldOut =
        windows(split, BlockSplit.Role.CALIBRATE, FitExclusion.NONE, span, LEAST_CALIBRATE);
    float[] stopWindows = span.copyAll(stop);

    Fitted fitted = fit(span, fit, stop, started, listener);

    FeatureLosses losses;
    try (WindowModel model = open(fitted, Optional.empty())) {
      losses = model.featureLosses(stopWindows, stop.size());
    }
    try (WindowModel model = open(fitted, Optional.of(losses))) {
      Scaler offset = scaler.withScoreOffsets(scoreOffsets(model, span, stop, stopWindows));
      HeldOutCalibration.Calibrated calibrated =
          new HeldOutCalibration(model, offset, span).fit(heldOut, config.alerts());
      Diagnosis diagnosis = diagnose(model, fitted.network().latent(), span, fit, heldOut);
      Manifest manifest = manifest(offset, losses, calibrated, fitted);
      TrainingReport report =
          new TrainingReport(
              fitted.steps(),
              fitted.bestStep(),
              fit.size(),
              stop.size(),
              heldOut.size(),
              calibrated.negativeElbo(),
              diagnosis.activeLatents(),
              fitted.curve(),
              diagnosis.warnings(),
              secondsSince(started));
      return new Training(new ModelArtifact(manifest, fitted.tensors()), report);
    }
  }

  private void requireTaken() throws TrainingException {
    try {
      family.requireTakes(window);
    } catch (IllegalArgumentException foreign) {
      throw new TrainingException(String.valueOf(foreign.getMessage()), foreign);
    }
  }

  /** How many windows are copied at once: fewer of wide ones. */
  private int atOnce() {
    return Math.max(LEAST_FIT, Math.min(MOST_AT_ONCE, MOST_VALUES / window.rowLength()));
  }

  private Fitted fit(
      ScaledSpan span, Windows fit, Windows stop, Instant started, TrainingListener listener)
      throws TrainingException {
    Instant end = started.plus(config.budget());
    return family.fit(
        new FitOrder(
            config,
            window,
            span,
            fit,
            stop,
            request.start(),
            device,
            () -> !clock.instant().isBefore(end)),
        listener);
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
              split.fitSegments(exclusion), request.span().columns(), config.scaleBySeries())
          .withSeries(request.scalesBefore());
    }
    List<Segment> segments = sorted.segments();
    UnitInterval.require(segments, request.span().columns());
    return Scaler.identity(
        window.columns(), segments.stream().map(Segment::series).distinct().toList());
  }

  private Windows windows(
      BlockSplit split, BlockSplit.Role role, FitExclusion exclusion, ScaledSpan span, int least)
      throws TrainingException {
    Windows all = split.windows(role);
    Windows kept =
        all.keep(
            window ->
                span.observedShare(all, window) >= HeldOutCalibration.LEAST_OBSERVED
                    && !isExcluded(exclusion, all, window));
    if (kept.size() < least) {
      throw new TrainingException(
          String.format(
              "%s records in %s segments leave %s windows of %s to %s, at least %s are needed:"
                  + " more records, longer segments or a shorter window",
              request.span().records(),
              request.span().segments().size(),
              kept.size(),
              config.windowLength(),
              role.name().toLowerCase(Locale.ROOT),
              least));
    }
    return kept;
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

  private Diagnosis diagnose(
      WindowModel model, int latent, ScaledSpan span, Windows fit, Windows heldOut) {
    Windows compared = heldOut.thin(atOnce());
    float[] windows = span.copyAll(compared);
    IndependentFeatures independent =
        new IndependentFeatures(
            span.copyAll(fit.thin(atOnce())),
            window,
            config.deviationFloor(),
            family.range(config) == FeatureRange.UNIT_INTERVAL);
    ScoredRows scored = model.score(windows, compared.size());
    double[] negativeElbos = new double[compared.size()];
    Arrays.setAll(negativeElbos, scored::negativeElbo);
    return Diagnosis.of(
        model.posteriorMeans(windows, compared.size()),
        latent,
        negativeElbos,
        independent.losses(windows),
        window.given() > 0);
  }

  private Manifest manifest(
      Scaler scaler,
      FeatureLosses losses,
      HeldOutCalibration.Calibrated calibrated,
      Fitted fitted) {
    TrainingSpan span = request.span();
    Map<String, Double> figures = new HashMap<>(calibrated.figures());
    figures.putAll(fitted.figures());
    return new Manifest(
        new ModelLabel(
            fitted.network().format(),
            request.modelId(),
            new ModelVersion(request.version()).toString(),
            family.name()),
        window,
        fitted.network(),
        scaler,
        Optional.of(losses),
        calibrated.calibration(),
        new Provenance(
                span.startMillis(),
                span.endMillis(),
                span.records(),
                sorted.digest(),
                config.seed(),
                codeVersion(),
                request.trigger())
            .ofTraining(request.digest(), request.start().map(start -> start.manifest().version())),
        figures);
  }

  static String codeVersion() {
    return Optional.ofNullable(TrainingRun.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }

  private double secondsSince(Instant started) {
    return Duration.between(started, clock.instant()).toMillis() / 1000.0;
  }
}
