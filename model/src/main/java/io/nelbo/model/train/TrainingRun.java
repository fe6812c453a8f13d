package io.nelbo.model.train;

import io.nelbo.model.record.Segment;
import io.nelbo.model.family.vae.HeldOut;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.descent.GradientDescent;
import io.nelbo.model.descent.Descended;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.family.vae.Architecture;
import io.nelbo.model.family.vae.BatchSource;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.family.vae.DenseLayout;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.scale.ScalerFitter;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.family.vae.Scorer;
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
import java.util.SplittableRandom;

/** One training, from span to artifact: split, scale, descend, set offsets, calibrate, report. */
final class TrainingRun {
  /** A pixel that was always black may be white one day. */
  private static final double LEAST_MEAN = 1e-3;

  private static final int LEAST_FIT = 32;
  private static final int LEAST_STOP = 4;
  private static final int LEAST_CALIBRATE = 8;
  private static final int MOST_AT_ONCE = 4096;

  /** Values that may be copied at once: 64 MB. */
  private static final int MOST_VALUES = 1 << 24;

  private final TrainingRequest request;
  private final TrainingConfig config;
  private final Clock clock;
  private final NDManager manager;
  private final SortedSpan sorted;
  private final NetworkSpec network;
  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final Tensor noise;

  TrainingRun(TrainingRequest request, Clock clock, NDManager manager) {
    this.request = request;
    this.clock = clock;
    this.manager = manager;
    config = request.config();
    sorted = new SortedSpan(request.span());
    Architecture architecture = Architecture.of(config, sorted.columns());
    network = architecture.network();
    likelihood = architecture.likelihood();
    layout = architecture.layout();
    noise = NoiseBank.draw(config.scoringSamples(), layout.latent(), ~config.seed());
  }

  Training run(TrainingListener listener) throws TrainingException {
    Instant started = clock.instant();
    BlockSplit split = new BlockSplit(sorted.segments(), config.windowLength());
    FitExclusion exclusion = split.capped(request.exclusion());
    Scaler scaler = scaler(split, exclusion);
    ScaledSpan span =
        new ScaledSpan(sorted.segments(), scaler, config.windowLength(), layout.features());
    Windows fit = windows(split, BlockSplit.Role.FIT, exclusion, span, LEAST_FIT);
    Windows stop =
        windows(split, BlockSplit.Role.STOP, FitExclusion.NONE, span, LEAST_STOP).thin(atOnce());
    Windows heldOut =
        windows(split, BlockSplit.Role.CALIBRATE, FitExclusion.NONE, span, LEAST_CALIBRATE);
    float[] stopWindows = span.copyAll(stop);

    Descended descended = descend(span, fit, stopWindows, started, listener);
    Map<String, Tensor> tensors =
        new HashMap<>(new FlatParameters(layout).toTensors(descended.parameters()));
    tensors.put(NoiseBank.TENSOR, noise);

    FeatureLosses losses;
    try (Scorer scorer = scorer(tensors, Optional.empty())) {
      losses = scorer.featureLosses(stopWindows, stop.size());
    }
    try (Scorer scorer = scorer(tensors, Optional.of(losses))) {
      Scaler offset = scaler.withScoreOffsets(scoreOffsets(scorer, span, stop, stopWindows));
      HeldOutCalibration.Calibrated calibrated =
          new HeldOutCalibration(scorer, offset, span).fit(heldOut, config.alerts());
      Diagnosis diagnosis = diagnose(scorer, span, fit, heldOut);
      Manifest manifest = manifest(offset, losses, calibrated, descended);
      TrainingReport report =
          new TrainingReport(
              descended.steps(),
              descended.bestStep(),
              fit.size(),
              stop.size(),
              heldOut.size(),
              calibrated.negativeElbo(),
              diagnosis.activeLatents(),
              descended.curve(),
              diagnosis.warnings(),
              secondsSince(started));
      return new Training(new ModelArtifact(manifest, tensors), report);
    }
  }

  /** How many windows are copied at once: fewer of wide ones. */
  private int atOnce() {
    return Math.max(LEAST_FIT, Math.min(MOST_AT_ONCE, MOST_VALUES / layout.rowLength()));
  }

  private Scorer scorer(Map<String, Tensor> tensors, Optional<FeatureLosses> losses) {
    return new Scorer(
        layout, likelihood, config.scoringSamples(), tensors, losses, manager.getDevice());
  }

  private Scaler scaler(BlockSplit split, FitExclusion exclusion) throws TrainingException {
    if (!config.design().isBernoulli()) {
      return ScalerFitter.fit(
              split.fitSegments(exclusion), sorted.columns(), config.scaleBySeries())
          .withSeries(request.scalesBefore());
    }
    List<Segment> segments = sorted.segments();
    UnitInterval.require(segments, sorted.columns());
    return Scaler.identity(
        layout.features(), segments.stream().map(Segment::series).distinct().toList());
  }

  private Descended descend(
      ScaledSpan span, Windows fit, float[] stopWindows, Instant started, TrainingListener listener)
      throws TrainingException {
    int drawn = config.trainingSamples() * config.batchSize() * layout.latent();
    SplittableRandom random = new SplittableRandom(config.seed() + 1);
    BatchSource batches = new BatchSource(span, fit, drawn, config.design(), random);
    float[] judged = stopWindows.clone();
    if (config.design().binarise()) {
      BatchSource.binarise(judged, new SplittableRandom(config.seed() + 2));
    }
    HeldOut heldOut = new HeldOut(layout, likelihood, noise, judged, config, manager.getDevice());
    Instant end = started.plus(config.budget());
    TrainingConfig how = request.start().isPresent() ? config.withoutKlWarmUp() : config;
    return new GradientDescent(layout, how, likelihood, manager)
        .run(initial(span, fit), batches, heldOut, listener, () -> !clock.instant().isBefore(end));
  }

  /** Under a Bernoulli the decoder starts at the features' means, as in Burda et al. 2016. */
  private float[] initial(ScaledSpan span, Windows fit) {
    FlatParameters flat = new FlatParameters(layout);
    if (request.start().isPresent()) {
      return flat.of(request.start().get().tensors());
    }
    float[] parameters = flat.initial(config.seed());
    if (config.design().isBernoulli()) {
      double[] means = span.means(fit);
      float[] logits = new float[means.length];
      for (int feature = 0; feature < logits.length; feature++) {
        double mean = Math.max(LEAST_MEAN, Math.min(1 - LEAST_MEAN, means[feature]));
        logits[feature] = (float) Math.log(mean / (1 - mean));
      }
      flat.put(parameters, "decoder.mean.bias", logits);
    }
    return parameters;
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
      Scorer scorer, ScaledSpan span, Windows stop, float[] stopWindows) {
    ScoredRows scored = scorer.score(stopWindows, stop.size());
    List<String> series = new ArrayList<>();
    double[] statistics = new double[stop.size()];
    for (int window = 0; window < stop.size(); window++) {
      series.add(span.series(stop, window));
      statistics[window] = scored.statistic(window);
    }
    return ScoreOffsets.of(series, statistics);
  }

  private Diagnosis diagnose(Scorer scorer, ScaledSpan span, Windows fit, Windows heldOut) {
    Windows compared = heldOut.thin(atOnce());
    float[] windows = span.copyAll(compared);
    IndependentFeatures independent =
        new IndependentFeatures(
            span.copyAll(fit.thin(atOnce())),
            layout.rowLength(),
            layout.features(),
            layout.context(),
            config.deviationFloor(),
            config.design().isBernoulli());
    ScoredRows scored = scorer.score(windows, compared.size());
    double[] negativeElbos = new double[compared.size()];
    Arrays.setAll(negativeElbos, scored::negativeElbo);
    return Diagnosis.of(
        scorer.posteriorMeans(windows, compared.size()),
        layout.latent(),
        negativeElbos,
        independent.losses(windows, layout.rowLength()),
        layout.contextWidth() > 0);
  }

  private Manifest manifest(
      Scaler scaler,
      FeatureLosses losses,
      HeldOutCalibration.Calibrated calibrated,
      Descended descended) {
    TrainingSpan span = request.span();
    Map<String, Double> figures = new HashMap<>(calibrated.figures());
    figures.put("best_step", (double) descended.bestStep());
    return new Manifest(
        Manifest.CURRENT_FORMAT,
        request.modelId(),
        new ModelVersion(request.version()).toString(),
        "vae",
        config.windowLength(),
        span.featureNames(),
        span.columns().contextNames(),
        network,
        likelihood,
        new NoiseSpec(config.scoringSamples(), NoiseBank.SEQUENCE),
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
