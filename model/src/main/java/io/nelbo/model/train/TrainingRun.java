package io.nelbo.model.train;

import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.network.DenseLayout;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.scale.ScalerFitter;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.Scorer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One training, from span to artifact: split, scale, descend, set offsets, calibrate, report. */
final class TrainingRun {
  /** The encoder's input is cut here, in scaled units; the likelihood's never is. */
  private static final float INPUT_CLIP = 10f;

  /** Share of entries hidden while training, so that a missing one is nothing new. */
  private static final double HIDDEN_SHARE = 0.05;

  /** Windows whose newest record was observed less are neither fitted nor calibrated on. */
  private static final double LEAST_OBSERVED = 0.5;

  private static final int LEAST_FIT = 32;
  private static final int LEAST_STOP = 4;
  private static final int LEAST_CALIBRATE = 8;
  private static final int MOST_STOP = 4096;
  private static final int MOST_CALIBRATE = 50_000;

  private final TrainingRequest request;
  private final TrainingConfig config;
  private final Clock clock;
  private final NDManager manager;
  private final SortedSpan sorted;
  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final Tensor noise;

  TrainingRun(TrainingRequest request, Clock clock, NDManager manager) {
    this.request = request;
    this.clock = clock;
    this.manager = manager;
    config = request.config();
    sorted = new SortedSpan(request.span());
    int features = sorted.features();
    layout =
        new DenseLayout(config.windowLength(), features, config.hidden(), latent(features, config));
    likelihood = new LikelihoodSpec("gaussian", config.deviationFloor(), INPUT_CLIP);
    noise = NoiseBank.draw(config.scoringSamples(), layout.latent(), ~config.seed());
  }

  Training run(TrainingListener listener) throws TrainingException {
    Instant started = clock.instant();
    BlockSplit split = new BlockSplit(sorted.segments(), config.windowLength());
    Scaler scaler =
        ScalerFitter.fit(split.fitSegments(), layout.features(), config.scaleBySeries());
    ScaledSpan span = new ScaledSpan(sorted.segments(), scaler, config.windowLength());
    Windows fit = windows(split, BlockSplit.Role.FIT, span, LEAST_FIT);
    Windows stop = windows(split, BlockSplit.Role.STOP, span, LEAST_STOP).thin(MOST_STOP);
    Windows calibrate =
        windows(split, BlockSplit.Role.CALIBRATE, span, LEAST_CALIBRATE).thin(MOST_CALIBRATE);

    Descended descended = descend(span, fit, stop, started, listener);
    Map<String, Tensor> tensors =
        new HashMap<>(new FlatParameters(layout).toTensors(descended.parameters()));
    tensors.put(NoiseBank.TENSOR, noise);

    try (Scorer scorer =
        new Scorer(layout, likelihood, noise.shape()[0], tensors, manager.getDevice())) {
      Scaler offset = scaler.withScoreOffsets(scoreOffsets(scorer, span, stop));
      Calibrated calibrated = calibrate(scorer, offset, span, calibrate);
      Diagnosis diagnosis = diagnose(scorer, span, fit, calibrate, calibrated.statistics());
      Manifest manifest = manifest(offset, calibrated, descended);
      TrainingReport report =
          new TrainingReport(
              descended.steps(),
              descended.bestStep(),
              fit.size(),
              stop.size(),
              calibrate.size(),
              calibrated.negativeElbo(),
              diagnosis.activeLatents(),
              descended.curve(),
              diagnosis.warnings(),
              secondsSince(started));
      return new Training(new ModelArtifact(manifest, tensors), report);
    }
  }

  private Descended descend(
      ScaledSpan span, Windows fit, Windows stop, Instant started, TrainingListener listener)
      throws TrainingException {
    int drawn = config.trainingSamples() * config.batchSize() * layout.latent();
    SplittableRandom random = new SplittableRandom(config.seed() + 1);
    BatchSource batches = new BatchSource(span, fit, drawn, HIDDEN_SHARE, random);
    HeldOut heldOut =
        new HeldOut(
            layout, likelihood, noise, span.copyAll(stop), config.trim(), manager.getDevice());
    Instant end = started.plus(config.budget());
    return new GradientDescent(layout, config, INPUT_CLIP, manager)
        .run(batches, heldOut, listener, () -> !clock.instant().isBefore(end));
  }

  private Windows windows(BlockSplit split, BlockSplit.Role role, ScaledSpan span, int least)
      throws TrainingException {
    Windows all = split.windows(role);
    Windows kept = all.keep(window -> span.observedShare(all, window) >= LEAST_OBSERVED);
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

  private static Map<String, Double> scoreOffsets(Scorer scorer, ScaledSpan span, Windows stop) {
    ScoredRows scored = scorer.score(span.copyAll(stop), stop.size());
    List<String> series = new ArrayList<>();
    double[] statistics = new double[stop.size()];
    for (int window = 0; window < stop.size(); window++) {
      series.add(span.series(stop, window));
      statistics[window] = scored.statistic(window);
    }
    return ScoreOffsets.of(series, statistics);
  }

  private record Calibrated(
      Calibration calibration,
      @SuppressWarnings("ArrayRecordComponent") double[] statistics,
      double negativeElbo,
      double effectiveSample) {}

  private static Calibrated calibrate(
      Scorer scorer, Scaler scaler, ScaledSpan span, Windows windows) {
    ScoredRows scored = scorer.score(span.copyAll(windows), windows.size());
    double[] statistics = new double[windows.size()];
    double raw = 0;
    for (int window = 0; window < windows.size(); window++) {
      statistics[window] =
          scored.statistic(window) + scaler.scoreOffset(span.series(windows, window));
      raw +=
          scored.reconstruction(window)
              + scored.klDivergence(window)
              + span.logDeterminant(scaler, windows, window);
    }
    double effective = EffectiveSample.of(statistics);
    return new Calibrated(
        Calibration.fit(statistics, effective), statistics, raw / windows.size(), effective);
  }

  private Diagnosis diagnose(
      Scorer scorer, ScaledSpan span, Windows fit, Windows calibrate, double[] statistics) {
    float[] heldOut = span.copyAll(calibrate);
    IndependentFeatures independent =
        new IndependentFeatures(
            span.copyAll(fit.thin(MOST_CALIBRATE)),
            layout.rowLength(),
            layout.features(),
            config.deviationFloor());
    return Diagnosis.of(
        scorer.posteriorMeans(heldOut, calibrate.size()),
        layout.latent(),
        statistics,
        independent.losses(heldOut, layout.rowLength()));
  }

  private Manifest manifest(Scaler scaler, Calibrated calibrated, Descended descended) {
    TrainingSpan span = request.span();
    Map<String, Double> figures =
        Map.of(
            "held_out_negative_elbo",
            calibrated.negativeElbo(),
            "calibration_rows",
            (double) calibrated.statistics().length,
            "calibration_effective_sample",
            calibrated.effectiveSample(),
            "best_step",
            (double) descended.bestStep());
    return new Manifest(
        Manifest.CURRENT_FORMAT,
        request.modelId(),
        new ModelVersion(request.version()).toString(),
        "vae",
        config.windowLength(),
        span.featureNames(),
        new NetworkSpec(DenseLayout.KIND, layout.hidden(), layout.latent()),
        likelihood,
        new NoiseSpec(config.scoringSamples(), NoiseBank.SEQUENCE),
        scaler,
        calibrated.calibration(),
        new Provenance(
            span.startMillis(),
            span.endMillis(),
            span.records(),
            sorted.digest(),
            config.seed(),
            codeVersion(),
            request.trigger()),
        figures);
  }

  private static int latent(int features, TrainingConfig config) {
    if (config.latent() > 0) {
      return config.latent();
    }
    return (int) Math.round(Math.max(2, Math.min(16, 2 * Math.sqrt(features))));
  }

  private static String codeVersion() {
    return Optional.ofNullable(TrainingRun.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }

  private double secondsSince(Instant started) {
    return Duration.between(started, clock.instant()).toMillis() / 1000.0;
  }
}
