package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.ModelNotice;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes decisions to the model topic, keyed by model. */
final class ModelNoticeSerializer implements KafkaRecordSerializationSchema<ModelNotice> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private transient ModelNoticeCodec codec;

  ModelNoticeSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    codec = new ModelNoticeCodec();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelNotice notice, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic, notice.modelId().getBytes(StandardCharsets.UTF_8), codec.write(notice));
  }
}
