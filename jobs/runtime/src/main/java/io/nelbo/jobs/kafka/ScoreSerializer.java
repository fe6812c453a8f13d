package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.schemas.ScoreStatus;
import io.nelbo.schemas.wire.ScoreWriter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes scores, keyed by series. */
final class ScoreSerializer implements KafkaRecordSerializationSchema<ScoredRecord> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private transient ScoreWriter writer;

  ScoreSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    writer = new ScoreWriter();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ScoredRecord scored, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, scored.series().getBytes(StandardCharsets.UTF_8), bytes(scored, writer));
  }

  private static byte[] bytes(ScoredRecord scored, ScoreWriter writer) {
    writer.record(
        scored.series(),
        scored.eventTimeMillis(),
        scored.partition(),
        scored.offset(),
        scored.label());
    ModelNotice model = scored.model();
    if (model == null) {
      return writer.unscored(ScoreStatus.valueOf(scored.status().name()), scored.overdue());
    }
    return writer
        .surprise(scored.score(), scored.pValue(), scored.pExtrapolated())
        .smoothed(scored.smoothedScore(), scored.smoothedPValue())
        .nats(scored.negativeElbo(), scored.reconstruction(), scored.kl())
        .expectedLoss(scored.expectedLoss())
        .scored(model.version(), scored.cold(), scored.overdue());
  }
}
