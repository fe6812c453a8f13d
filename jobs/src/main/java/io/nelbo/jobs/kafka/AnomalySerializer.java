package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Attribution;
import io.nelbo.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes anomaly events, keyed by series. */
final class AnomalySerializer implements KafkaRecordSerializationSchema<AnomalyEvent> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final String detector;
  private final String sourceTopic;
  private transient SingleObject<Anomaly> anomalies;

  AnomalySerializer(NelboConfig config) {
    topic = config.topics().anomalies();
    detector = config.detector();
    sourceTopic = config.source().topic();
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    anomalies = SingleObject.of(Anomaly.class);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      AnomalyEvent event, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic,
        event.worst().series().getBytes(StandardCharsets.UTF_8),
        anomalies.encode(anomaly(event)));
  }

  private Anomaly anomaly(AnomalyEvent event) {
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
            .setProcessingTime(Instant.ofEpochMilli(System.currentTimeMillis()))
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
            .setOverdue(scored.overdue());
    ModelNotice model = scored.model();
    if (model == null) {
      throw new IllegalStateException(
          "anomaly " + event.id() + " without the model that scored it");
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
              .setObserved(Double.isNaN(blame.observed()[i]) ? null : blame.observed()[i])
              .setExpected(blame.expected()[i])
              .setExpectedStandardDeviation(blame.expectedStandardDeviations()[i])
              .build());
    }
    return attributions;
  }
}
