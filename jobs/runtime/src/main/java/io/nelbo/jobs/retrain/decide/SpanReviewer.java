package io.nelbo.jobs.retrain.decide;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.learn.IncumbentReview;
import io.nelbo.model.learn.IncumbentScores;
import io.nelbo.model.learn.RareShare;
import io.nelbo.model.learn.Slides;
import io.nelbo.model.learn.SpanReview;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the incumbent about records, and says where it can be asked why it does not answer. */
final class SpanReviewer {
  private static final Logger LOG = LoggerFactory.getLogger(SpanReviewer.class);

  private final IncumbentReview incumbents;
  private final Slides slides;
  private final int windowLength;

  SpanReviewer(IncumbentReview incumbents, Slides slides, int windowLength) {
    this.incumbents = incumbents;
    this.slides = slides;
    this.windowLength = windowLength;
  }

  /**
   * What of the span is an example of the normal; empty when the incumbent cannot say so.
   *
   * @param before the incumbent first
   * @param remarks gets the reason
   */
  Optional<SpanReview> review(
      TrainingSpan span, List<ModelArtifact> before, long changedBefore, List<String> remarks) {
    Optional<SpanReview> review =
        before.stream()
            .findFirst()
            .flatMap(incumbent -> scores(span, incumbent, remarks))
            .map(scores -> SpanReview.of(span, scores, slides, changedBefore));
    review.ifPresent(
        found ->
            LOG.info(
                "{} of {} rows alarm one by one, the strangest of them are not fitted to; {}",
                found.alarmed().size(),
                span.records(),
                ReviewRemarks.of(found)));
    return review;
  }

  /** Share of rare p-values of the incumbent in a piece; empty where nothing can be said. */
  OptionalDouble rareShare(TrainingSpan piece, ModelArtifact incumbent) {
    List<String> remarks = new ArrayList<>();
    RareShare found =
        scores(piece, incumbent, remarks)
            .map(scores -> RareShare.of(piece, scores, windowLength))
            .orElse(RareShare.NONE);
    remarks.forEach(LOG::warn);
    return found.share();
  }

  private Optional<IncumbentScores> scores(
      TrainingSpan span, ModelArtifact incumbent, List<String> remarks) {
    IncumbentReview.Result result = incumbents.of(span, incumbent);
    if (result instanceof IncumbentReview.Unusable unusable) {
      remarks.add(ReviewRemarks.of(unusable));
    }
    return result.scores();
  }

  /** Scales of series that are left out altogether; none without an incumbent. */
  Map<String, FeatureScale> scalesOfLeftOut(
      TrainingSpan whole, TrainingSpan left, List<ModelArtifact> before) {
    return before.isEmpty() ? Map.of() : incumbents.scalesOfLeftOut(whole, left, before.get(0));
  }
}
