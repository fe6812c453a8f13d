package io.nelbo.model.learn;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.detect.UnusableModelException;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.record.Segment;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.train.TrainingSpan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the incumbent makes of new records, if it can: one of other columns, one that refuses the
 * alarm budget or one that is broken says nothing, and holds up no retraining.
 */
public final class IncumbentReview {
  /** How a review has ended. */
  public sealed interface Result {
    /** Empty when the incumbent cannot say anything about these records. */
    default Optional<IncumbentScores> scores() {
      return Optional.empty();
    }
  }

  /** It has scored the records. */
  public record Scored(IncumbentScores ofRecords) implements Result {
    @Override
    public Optional<IncumbentScores> scores() {
      return Optional.of(ofRecords);
    }
  }

  /** It is of other columns, or of windows of another length; the gate says so in more words. */
  public record OfOtherRecords() implements Result {}

  /**
   * It does not say which records are strange.
   *
   * @param version of the incumbent
   * @param reason in words
   */
  public record Unusable(String version, String reason) implements Result {}

  private final TrainingConfig config;
  private final DetectorSettings detector;

  /**
   * @param config of the candidates that come after it
   * @param detector how it is asked
   */
  public IncumbentReview(TrainingConfig config, DetectorSettings detector) {
    this.config = config;
    this.detector = detector;
  }

  /** Asks the incumbent about every record of a span. */
  public Result of(TrainingSpan span, ModelArtifact incumbent) {
    if (!fits(incumbent.manifest(), span)) {
      return new OfOtherRecords();
    }
    try {
      return new Scored(IncumbentScores.of(incumbent, detector, span));
    } catch (UnusableModelException | IllegalArgumentException unusable) {
      return new Unusable(incumbent.manifest().version(), String.valueOf(unusable.getMessage()));
    }
  }

  /** A series that a fault leaves out altogether is no stranger when it is mended. */
  public Map<String, FeatureScale> scalesOfLeftOut(
      TrainingSpan whole, TrainingSpan left, ModelArtifact incumbent) {
    if (!config.data().scaleBySeries() || !fits(incumbent.manifest(), whole)) {
      return Map.of();
    }
    Map<String, FeatureScale> scales = new HashMap<>(incumbent.manifest().scaler().series());
    scales.keySet().retainAll(series(whole));
    scales.keySet().removeAll(series(left));
    return scales;
  }

  private static Set<String> series(TrainingSpan span) {
    return span.segments().stream().map(Segment::series).collect(Collectors.toSet());
  }

  private boolean fits(Manifest incumbent, TrainingSpan span) {
    return incumbent.window().record().equals(span.shape().asModelled())
        && incumbent.windowLength() == config.windowLength();
  }
}
