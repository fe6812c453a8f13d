package io.nelbo.model.train;

import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.network.DenseLayout;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.scale.ScalerFitter;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.Scorer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Fits networks to splits of one span: scale, descend, set offsets. */
final class NetworkFit {
  /** A pixel that was always black may be white one day. */
  private static final double LEAST_MEAN = 1e-3;

  private static final int LEAST_AT_ONCE = 32;
  private static final int MOST_AT_ONCE = 4096;

  /** Values that may be copied at once: 64 MB. */
  private static final int MOST_VALUES = 1 << 24;

  /** What one split gives to fit, to stop and to calibrate. */
  record Parts(Scaler scaler, ScaledSpan span, Windows fit, Windows stop, Windows heldOut) {
    boolean suffices(int leastFit, int leastStop, int leastCalibrate) {
      return fit.size() >= leastFit && stop.size() >= leastStop && heldOut.size() >= leastCalibrate;
    }
  }

  /** A network that is fitted, and its own scorer. */
  record Fitted(
      Parts parts,
      Descended descended,
      Map<String, Tensor> tensors,
      FeatureLosses losses,
      Scaler scaler,
      Scorer scorer)
      implements AutoCloseable {
    HeldOutCalibration calibration() {
      return new HeldOutCalibration(scorer, scaler, parts.span());
    }

    @Override
    public void close() {
      scorer.close();
    }
  }

  private final TrainingRequest request;
  private final Optional<ModelArtifact> start;
  private final TrainingConfig config;
  private final Clock clock;
  private final NDManager manager;
  private final SortedSpan sorted;
  private final NetworkSpec network;
  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final Tensor noise;

  /**
   * @param start whose weights the descent starts from; empty for weights that are drawn
   */
  NetworkFit(
      TrainingRequest request,
      SortedSpan sorted,
      Optional<ModelArtifact> start,
      Clock clock,
      NDManager manager) {
    this.request = request;
    this.start = start;
    this.sorted = sorted;
    this.clock = clock;
    this.manager = manager;
    config = request.config();
    Architecture architecture = Architecture.of(config, sorted.columns());
    network = architecture.network();
    likelihood = architecture.likelihood();
    layout = architecture.layout();
    noise = NoiseBank.draw(config.scoringSamples(), layout.latent(), ~config.seed());
  }

  NetworkSpec network() {
    return network;
  }

  LikelihoodSpec likelihood() {
    return likelihood;
  }

  /** Whose weights the descent starts from. */
  Optional<ModelArtifact> start() {
    return start;
  }

  Parts parts(BlockSplit split) throws TrainingException {
    FitExclusion exclusion = split.capped(request.exclusion());
    Scaler scaler = scaler(split, exclusion);
    ScaledSpan span =
        new ScaledSpan(sorted.segments(), scaler, config.windowLength(), layout.features());
    return new Parts(
        scaler,
        span,
        windows(split, BlockSplit.Role.FIT, exclusion, span),
        windows(split, BlockSplit.Role.STOP, FitExclusion.NONE, span).thin(atOnce()),
        windows(split, BlockSplit.Role.CALIBRATE, FitExclusion.NONE, span));
  }

  /** The caller closes it. */
  Fitted fit(Parts parts, Instant end, TrainingListener listener) throws TrainingException {
    float[] stopWindows = parts.span().copyAll(parts.stop());
    Descended descended = descend(parts.span(), parts.fit(), stopWindows, end, listener);
    Map<String, Tensor> tensors =
        new HashMap<>(new FlatParameters(layout).toTensors(descended.parameters()));
    tensors.put(NoiseBank.TENSOR, noise);

    FeatureLosses losses;
    try (Scorer scorer = scorer(tensors, Optional.empty())) {
      losses = scorer.featureLosses(stopWindows, parts.stop().size());
    }
    Scorer scorer = scorer(tensors, Optional.of(losses));
    Map<String, Double> offsets = scoreOffsets(scorer, parts.span(), parts.stop(), stopWindows);
    Scaler offset = parts.scaler().withScoreOffsets(offsets);
    return new Fitted(parts, descended, tensors, losses, offset, scorer);
  }

  /** How many windows are copied at once: fewer of wide ones. */
  private int atOnce() {
    return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, MOST_VALUES / layout.rowLength()));
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
      ScaledSpan span, Windows fit, float[] stopWindows, Instant end, TrainingListener listener)
      throws TrainingException {
    int drawn = config.trainingSamples() * config.batchSize() * layout.latent();
    SplittableRandom random = new SplittableRandom(config.seed() + 1);
    BatchSource batches = new BatchSource(span, fit, drawn, config.design(), random);
    float[] judged = stopWindows.clone();
    if (config.design().binarise()) {
      BatchSource.binarise(judged, new SplittableRandom(config.seed() + 2));
    }
    HeldOut heldOut = new HeldOut(layout, likelihood, noise, judged, config, manager.getDevice());
    TrainingConfig how = start.isPresent() ? config.withoutKlWarmUp() : config;
    return new GradientDescent(layout, how, likelihood, manager)
        .run(initial(span, fit), batches, heldOut, listener, () -> !clock.instant().isBefore(end));
  }

  /** Under a Bernoulli the decoder starts at the features' means, as in Burda et al. 2016. */
  private float[] initial(ScaledSpan span, Windows fit) {
    FlatParameters flat = new FlatParameters(layout);
    if (start.isPresent()) {
      return flat.of(start.get().tensors());
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
      BlockSplit split, BlockSplit.Role role, FitExclusion exclusion, ScaledSpan span) {
    Windows all = split.windows(role);
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

  /** What these windows say of the network. */
  Diagnosis diagnose(Fitted fitted, Windows heldOut) {
    Scorer scorer = fitted.scorer();
    ScaledSpan span = fitted.parts().span();
    Windows fit = fitted.parts().fit();
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
}
