package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.ModelNotice;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes one decision to the model topic by hand, outside any job. */
public final class ModelAnnouncer {
  private final NelboConfig config;

  public ModelAnnouncer(NelboConfig config) {
    this.config = config;
  }

  /**
   * Returns the offset, once the broker has it.
   *
   * @throws ExecutionException when the broker refuses
   */
  public long announce(ModelNotice notice) throws ExecutionException, InterruptedException {
    Properties properties = KafkaConnectors.clientProperties(config);
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, bytes, bytes)) {
      byte[] key = notice.modelId().getBytes(StandardCharsets.UTF_8);
      byte[] value = new ModelNoticeCodec().write(notice);
      return producer
          .send(new ProducerRecord<>(config.topics().models(), key, value))
          .get()
          .offset();
    }
  }
}
