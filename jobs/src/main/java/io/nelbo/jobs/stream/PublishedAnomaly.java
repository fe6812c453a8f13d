package io.nelbo.jobs.stream;

import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An anomaly event as subscribers see it. */
public final class PublishedAnomaly {
  private PublishedAnomaly() {}

  /**
   * @param sourceTopic where the record lay
   * @param processingTime the one field that a replay changes
   */
  public static Anomaly of(
      AnomalyEvent event, String detector, String sourceTopic, Instant processingTime) {
    Scored scored = event.worst();
    Anomaly.Builder anomaly =
        Anomaly.newBuilder()
            .setId(event.id())
            .setKind(AnomalyKind.valueOf(event.kind().name()))
            .setDetector(detector)
            .setSeries(scored.series())
            .setEventTime(Instant.ofEpochMilli(scored.eventTimeMillis()))
            .setWindowStart(Instant.ofEpochMilli(scored.windowStartMillis()))
            .setWindowEnd(Instant.ofEpochMilli(scored.eventTimeMillis()))
            .setProcessingTime(processingTime)
            .setSourceTopic(sourceTopic)
            .setSourcePartition(scored.partition())
            .setSourceOffset(scored.offset())
            .setScore(scored.score())
            .setPValue(scored.pValue())
            .setBorderPValue(scored.borderPValue())
            .setNegativeElbo(scored.negativeElbo())
            .setReconstruction(scored.reconstruction())
            .setKl(scored.kl())
            .setAttribution(attribution(scored.blame()))
            .setImputedFeatures(
                scored.blame() == null ? List.of() : List.of(scored.blame().imputed()))
            .setEpisodeId(event.episodeId())
            .setEpisodeStart(Instant.ofEpochMilli(event.episodeStartMillis()))
            .setEpisodeRecords(event.episodeRecords())
            .setCold(scored.cold())
            .setOverdue(scored.overdue())
            .setSmoothedScore(optional(scored.smoothedScore()))
            .setSmoothedPValue(optional(scored.smoothedPValue()))
            .setPExtrapolated(scored.pExtrapolated());
    ModelNotice model = scored.model();
    if (model == null) {
      throw new IllegalStateException(
          "anomaly " + event.id() + " without the model that scored it");
    }
    if (!model.isWhole()) { // an episode of an older state: who scored its worst is forgotten
      return anomaly.setModelId("").setModelVersion("").build();
    }
    return anomaly
        .setModelId(model.modelId())
        .setModelVersion(model.version())
        .setModelSha256(model.sha256())
        .setModelTrainedUntil(Instant.ofEpochMilli(model.spanEndMillis()))
        .build();
  }

  private static List<Attribution> attribution(@Nullable Blame blame) {
    List<Attribution> attributions = new ArrayList<>();
    for (int i = 0; blame != null && i < blame.features().length; i++) {
      attributions.add(
          Attribution.newBuilder()
              .setFeature(blame.features()[i])
              .setShare(blame.shares()[i])
              .setObserved(optional(blame.observed()[i]))
              .setExpected(blame.expected()[i])
              .setExpectedStandardDeviation(blame.expectedStandardDeviations()[i])
              .build());
    }
    return attributions;
  }

  private static @Nullable Double optional(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
