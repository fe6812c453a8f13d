package io.nelbo.jobs.retrain;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.detect.UnusableModelException;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.record.Segment;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the incumbent makes of new records, if it can: one of other columns, one that refuses the
 * alarm budget or one that is broken says nothing, and holds up no retraining.
 */
final class IncumbentReview {
  private static final Logger LOG = LoggerFactory.getLogger(IncumbentReview.class);

  private final TrainingConfig config;
  private final DetectorSettings detector;
  private final Slides slides;

  IncumbentReview(TrainingConfig config, DetectorSettings detector, Slides slides) {
    this.config = config;
    this.detector = detector;
    this.slides = slides;
  }

  /**
   * What of the span is an example of the normal; empty when the incumbent cannot say so.
   *
   * @param before the incumbent first
   * @param remarks gets the reason
   */
  Optional<SpanReview> review(
      TrainingSpan span, List<ModelArtifact> before, long changedBefore, List<String> remarks) {
    Optional<IncumbentScores> scores =
        before.stream().findFirst().flatMap(incumbent -> scores(incumbent, span, remarks));
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    SpanReview review = SpanReview.of(span, scores.get(), slides, changedBefore);
    LOG.info(
        "{} of {} rows alarm one by one, the strangest of them are not fitted to; {}",
        review.alarmedRows(),
        span.records(),
        review.remarks());
    return Optional.of(review);
  }

  /** Share of rare p-values of the incumbent in a piece; empty where nothing can be said. */
  OptionalDouble rareShare(TrainingSpan piece, ModelArtifact incumbent) {
    List<String> remarks = new ArrayList<>();
    Optional<IncumbentScores> scores = scores(incumbent, piece, remarks);
    remarks.forEach(LOG::warn);
    return scores.isEmpty()
        ? OptionalDouble.empty()
        : DriftWatch.share(piece, scores.get(), config.windowLength());
  }

  /** Empty, with a remark, when the incumbent cannot say anything about these records. */
  private Optional<IncumbentScores> scores(
      ModelArtifact incumbent, TrainingSpan span, List<String> remarks) {
    if (!fits(incumbent.manifest(), span)) {
      return Optional.empty(); // the gate says so in more words
    }
    try {
      return Optional.of(IncumbentScores.of(incumbent, detector, span));
    } catch (UnusableModelException | IllegalArgumentException unusable) {
      remarks.add(
          "%s does not say which records are strange: %s"
              .formatted(incumbent.manifest().version(), unusable.getMessage()));
      return Optional.empty();
    }
  }

  /** A series that a fault leaves out altogether is no stranger when it is mended. */
  Map<String, FeatureScale> scalesOfLeftOut(
      TrainingSpan whole, TrainingSpan left, List<ModelArtifact> before) {
    if (before.isEmpty() || !config.scaleBySeries() || !fits(before.get(0).manifest(), whole)) {
      return Map.of();
    }
    Map<String, FeatureScale> scales = new HashMap<>(before.get(0).manifest().scaler().series());
    scales.keySet().retainAll(series(whole));
    scales.keySet().removeAll(series(left));
    return scales;
  }

  private static Set<String> series(TrainingSpan span) {
    return span.segments().stream().map(Segment::series).collect(Collectors.toSet());
  }

  private boolean fits(Manifest incumbent, TrainingSpan span) {
    return incumbent.featureNames().equals(span.featureNames())
        && incumbent.contextNames().equals(span.columns().contextNames())
        && incumbent.windowLength() == config.windowLength();
  }
}
