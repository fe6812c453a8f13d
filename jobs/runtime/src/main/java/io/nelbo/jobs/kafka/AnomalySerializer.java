package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.PublishedAnomaly;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

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
        anomalies.encode(PublishedAnomaly.of(event, detector, sourceTopic, Instant.now())));
  }
}
