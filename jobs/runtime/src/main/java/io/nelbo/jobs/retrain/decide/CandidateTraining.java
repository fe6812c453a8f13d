package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.config.UserExclusions;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.gate.GatePolicy;
import io.nelbo.model.gate.GateSettings;
import io.nelbo.model.gate.PromotionGate;
import io.nelbo.model.learn.IncumbentReview;
import io.nelbo.model.learn.NewestBlock;
import io.nelbo.model.learn.SpanFilter;
import io.nelbo.model.learn.SpanReview;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.Training;
import io.nelbo.model.train.TrainingReport;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an order to a judged candidate: part the span, train, publish, compare. On the trainer's
 * thread.
 */
public final class CandidateTraining {
  private static final Logger LOG = LoggerFactory.getLogger(CandidateTraining.class);

  private final NelboConfig settings;
  private final String modelId;
  private final TrainingConfig config;
  private final ArtifactStore store;
  private final Predecessors predecessors;
  private final SpanReviewer reviewer;
  private final PromotionGate gate;

  /** Training, review and gate run on the CPU, where the same rows get the same verdict. */
  public CandidateTraining(NelboConfig settings, ArtifactStore store, ModelHistory history) {
    this.settings = settings;
    this.store = store;
    modelId = settings.model().id();
    config = TrainingSetup.of(settings);
    predecessors = new Predecessors(history, store);
    DetectorSettings detector =
        new DetectorSettings(settings.alert().budget(), settings.model().minObserved(), "cpu");
    reviewer =
        new SpanReviewer(
            new IncumbentReview(config, detector),
            settings.retrain().slides(),
            config.windowLength());
    gate =
        new PromotionGate(
            new GateSettings(
                GatePolicy.valueOf(settings.retrain().gate().name()), detector, config.seed()));
  }

  /** Without a predecessor nothing can be compared: then no row is held back from training. */
  public Outcome decide(TrainingOrder order, BooleanSupplier goOn)
      throws TrainingException, IOException {
    TrainingSpan span = withoutExcluded(order.span());
    long topicEnd = predecessors.topicEnd();
    List<ModelArtifact> before = predecessors.toCompareWith(order.ownLast());
    List<String> remarks = new ArrayList<>();
    Optional<SpanReview> review = reviewer.review(span, before, order.changedBefore(), remarks);
    if (review.isPresent()) {
      span = SpanFilter.without(span, review.get()::leavesOut);
      remarks.addAll(ReviewRemarks.of(review.get()));
    }
    long changed = review.map(SpanReview::changedBucket).orElse(Long.MIN_VALUE);
    boolean regimeChange = review.map(SpanReview::isRegimeChange).orElse(false);
    if (span.records() < settings.retrain().minRows()) {
      return new Outcome.Skipped(
          order, new Remarks(remarks, regimeChange, false).after(tooFew(order, span)), changed);
    }
    TrainingSpan fitted = span;
    TrainingSpan heldOut = span;
    if (!before.isEmpty()) {
      NewestBlock parted = NewestBlock.of(span, config.windowLength());
      fitted = parted.older();
      heldOut = parted.newest();
    }
    Recipe recipe =
        new Recipe(
            review.isPresent() ? config.ofCleanSpan() : config,
            review.map(SpanReview::notFitted).orElse(FitExclusion.NONE),
            reviewer.scalesOfLeftOut(order.span(), span, before),
            start(span, before));
    Candidate candidate = candidate(order, fitted, recipe, goOn);
    GateOutcome verdict = gate.judge(candidate.artifact(), before, fitted, heldOut);
    remarks.addAll(candidate.remarks());
    remarks.addAll(verdict.remarks());
    return new Outcome.Judged(
        order,
        candidate.published(),
        heldOutNegativeElbo(candidate.artifact(), before.isEmpty(), verdict),
        verdict,
        !before.isEmpty(),
        new Remarks(remarks, regimeChange, isProvisional(candidate.artifact())),
        changed,
        topicEnd);
  }

  /** Judges a candidate that waits once more, on records that are new to it. */
  public ShadowVerdict shadow(ShadowCandidate shadow, SlideSpan before, TrainingOrder news)
      throws IOException {
    ModelNotice notice = shadow.notice();
    Optional<ModelNotice> person = predecessors.decisionSince(shadow);
    if (person.isPresent()) {
      return new ShadowVerdict.Dropped(
          "a person has decided about it meanwhile, it is %s".formatted(person.get().kind()));
    }
    TrainingSpan heldOut = withoutExcluded(news.span());
    if (!PromotionGate.canCompare(heldOut, config.windowLength())) {
      return new ShadowVerdict.Postponed(
          "%s rows give fewer than the %s windows that a comparison needs"
              .formatted(heldOut.records(), PromotionGate.LEAST_WINDOWS));
    }
    ModelArtifact candidate;
    try {
      candidate = store.load(notice.uri(), notice.sha256());
    } catch (ArtifactException damaged) {
      return new ShadowVerdict.Dropped(String.valueOf(damaged.getMessage()));
    }
    TrainingSpan fitted =
        withoutExcluded(before.order(news.trigger(), news.changedBefore(), news.ownLast()).span());
    return new ShadowVerdict.Judged(
        gate.judge(
            candidate,
            predecessors.toCompareWith(news.ownLast()),
            fitted.records() == 0 ? heldOut : fitted,
            heldOut));
  }

  private TrainingSpan withoutExcluded(TrainingSpan span) throws IOException {
    UserExclusions excluded = UserExclusions.read(settings.retrain().exclusions());
    return SpanFilter.without(span, excluded::contains);
  }

  /** Share of rare p-values of the incumbent in a piece; empty where nothing can be said. */
  public OptionalDouble watch(TrainingOrder piece) throws IOException {
    Optional<ModelArtifact> incumbent = predecessors.incumbent(piece.ownLast());
    if (incumbent.isEmpty()) {
      return OptionalDouble.empty();
    }
    return reviewer.rareShare(withoutExcluded(piece.span()), incumbent.get());
  }

  /** The incumbent's weights, where they are asked for and mean the same. */
  private Optional<ModelArtifact> start(TrainingSpan span, List<ModelArtifact> before) {
    if (settings.retrain().warmStart() == RetrainConfig.WarmStart.OFF || before.isEmpty()) {
      return Optional.empty();
    }
    Manifest incumbent = before.get(0).manifest();
    if (TrainingRequest.canStartFrom(incumbent, span, config)) {
      return Optional.of(before.get(0));
    }
    LOG.info(
        "{} {} is another network, or of other records: the training starts from new weights",
        modelId,
        incumbent.version());
    return Optional.empty();
  }

  private List<String> tooFew(TrainingOrder order, TrainingSpan left) {
    return List.of(
        "of %s rows in the span %s are left, retrain.min-rows asks for %s"
            .formatted(order.span().records(), left.records(), settings.retrain().minRows()));
  }

  private boolean isProvisional(ModelArtifact artifact) {
    return ProvisionalModel.isIt(artifact.manifest().calibration(), settings.alert().budget());
  }

  private static double heldOutNegativeElbo(
      ModelArtifact candidate, boolean isFirst, GateOutcome verdict) {
    double ofCalibration =
        candidate.manifest().figures().getOrDefault(FigureNames.HELD_OUT_NEGATIVE_ELBO, Double.NaN);
    return isFirst
        ? ofCalibration
        : verdict.figures().getOrDefault(FigureNames.CANDIDATE_NEGATIVE_ELBO, ofCalibration);
  }

  private record Candidate(
      PublishedArtifact published, ModelArtifact artifact, List<String> remarks) {}

  /**
   * What the incumbent has reviewed is trimmed no more: the rest of an old normal would be lost.
   */
  private record Recipe(
      TrainingConfig config,
      FitExclusion exclusion,
      Map<String, FeatureScale> scales,
      Optional<ModelArtifact> start) {}

  private Candidate candidate(
      TrainingOrder order, TrainingSpan span, Recipe recipe, BooleanSupplier goOn)
      throws TrainingException, IOException {
    TrainingRequest request =
        new TrainingRequest(
            modelId,
            predecessors.nextVersion(modelId, order.ownLast()),
            span,
            recipe.config(),
            TriggerWords.of(order.trigger()),
            recipe.exclusion(),
            recipe.scales(),
            recipe.start());
    Optional<Candidate> known = publishedBefore(request);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<String> tooFarApart = GapAdvice.on(span, settings);
    if (tooFarApart.isPresent()) {
      throw new TrainingException(tooFarApart.get());
    }
    Training training = new Trainer().train(request, progress -> goOn.getAsBoolean());
    if (!goOn.getAsBoolean()) { // given up, or the lease is given back already
      throw new TrainingException(
          "%s is not published: its training was stopped"
              .formatted(training.artifact().manifest().version()));
    }
    PublishedArtifact published = store.publish(training.artifact());
    TrainingReport report = training.report();
    LOG.info(
        "trained {} {} on {} rows in {} s: held-out negative ELBO {} nats",
        published.modelId(),
        published.version(),
        span.records(),
        Math.round(report.seconds()),
        report.heldOutNegativeElbo());
    List<String> remarks = new ArrayList<>();
    ProvisionalModel.remark(training.artifact().manifest().calibration(), settings.alert().budget())
        .ifPresent(remarks::add);
    remarks.addAll(report.warnings());
    return new Candidate(published, training.artifact(), remarks);
  }

  /**
   * An artifact of this very training: published before a failure could announce it. One that does
   * not say what its training depended on is never taken for it.
   */
  private Optional<Candidate> publishedBefore(TrainingRequest request) throws IOException {
    Optional<String> digest = Optional.of(request.digest());
    for (PublishedArtifact version : store.list(modelId)) {
      Optional<ModelArtifact> artifact =
          valid(version)
              .filter(known -> known.manifest().provenance().trainingDigest().equals(digest));
      if (artifact.isPresent()) {
        List<String> remarks = new ArrayList<>(List.of("published before"));
        ProvisionalModel.remark(artifact.get().manifest().calibration(), settings.alert().budget())
            .ifPresent(remarks::add);
        return Optional.of(new Candidate(version, artifact.get(), remarks));
      }
    }
    return Optional.empty();
  }

  /** Empty for a damaged one: an old version must not stand in the way of a new one. */
  private Optional<ModelArtifact> valid(PublishedArtifact version) throws IOException {
    try {
      return Optional.of(store.load(version.uri(), version.sha256()));
    } catch (ArtifactException damaged) {
      LOG.warn("{} {} is damaged: {}", modelId, version.version(), damaged.getMessage());
      return Optional.empty();
    }
  }
}
