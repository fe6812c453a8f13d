package io.nelbo.jobs.stream;

import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An anomaly event as subscribers see it. */
public final class PublishedAnomaly {
  private static final String RECORD = "record";
  private static final String MEAN = "mean";

  private PublishedAnomaly() {}

  /**
   * @param sourceTopic where the record lay
   * @param processingTime the one field that a replay changes
   */
  public static Anomaly of(
      AnomalyEvent event, String detector, String sourceTopic, Instant processingTime) {
    ScoredRecord scored = event.worst();
    Judgement judgement = scored.judgement();
    if (judgement == null) {
      throw new IllegalStateException(
          "anomaly " + event.id() + " without the model that scored it");
    }
    Blame blame = judgement.blame();
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
            .setBorderPValue(judgement.rank().borderPValue())
            .setNegativeElbo(scored.negativeElbo())
            .setReconstruction(scored.reconstruction())
            .setKl(scored.kl())
            .setAttribution(attribution(blame))
            .setImputedFeatures(blame == null ? List.of() : List.of(blame.imputed()))
            .setEpisodeId(event.episode().id())
            .setEpisodeStart(Instant.ofEpochMilli(event.episode().startMillis()))
            .setEpisodeRecords(event.episode().records())
            .setCold(scored.cold())
            .setOverdue(scored.overdue())
            .setSmoothedScore(optional(scored.smoothedScore()))
            .setSmoothedPValue(optional(scored.smoothedPValue()))
            .setPExtrapolated(scored.pExtrapolated())
            .setExpectedLoss(optional(scored.expectedLoss()));
    FrameVerdict frame = judgement.frame();
    if (frame != null) {
      PublishedFrame.add(frame, scored, sourceTopic, anomaly);
    }
    if (judgement.smoothed() != null) {
      addMean(judgement.smoothed(), scored, anomaly);
    }
    ModelNotice model = judgement.model();
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

  /** The mean over the last records is a channel beside those of a frame, or the record itself. */
  private static void addMean(
      Judgement.Smoothed smoothed, ScoredRecord scored, Anomaly.Builder anomaly) {
    List<Channel> channels = new ArrayList<>();
    if (anomaly.hasChannels()) {
      channels.addAll(anomaly.getChannels());
    } else {
      channels.add(channel(RECORD, smoothed.statistic(), scored.pValue()));
      anomaly.setChannel(RECORD);
    }
    channels.add(channel(MEAN, smoothed.mean(), smoothed.meanPValue()));
    anomaly.setChannels(channels);
    if (smoothed.meanPValue() < scored.pValue()) {
      anomaly.setChannel(MEAN);
    }
  }

  private static Channel channel(String name, double statistic, double pValue) {
    return Channel.newBuilder().setName(name).setStatistic(statistic).setPValue(pValue).build();
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
