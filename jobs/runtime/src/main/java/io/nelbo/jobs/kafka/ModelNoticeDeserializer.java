package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.ModelNotice;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the model topic of one model; what it cannot read it logs and passes over. */
final class ModelNoticeDeserializer implements KafkaRecordDeserializationSchema<ModelNotice> {
  private static final long serialVersionUID = 1;

  private final String modelId;
  private transient ModelNoticeCodec codec;

  ModelNoticeDeserializer(String modelId) {
    this.modelId = modelId;
  }

  @Override
  public void open(InitializationContext context) {
    codec = new ModelNoticeCodec();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> from, Collector<ModelNotice> to) {
    codec.read(from).filter(notice -> notice.modelId().equals(modelId)).ifPresent(to::collect);
  }

  @Override
  public TypeInformation<ModelNotice> getProducedType() {
    return TypeInformation.of(ModelNotice.class);
  }
}
