package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.ModelNotice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes decisions to the model topic by hand, outside any job. */
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
    try (KafkaProducer<byte[], byte[]> producer = producer(properties())) {
      return producer.send(record(notice)).get().offset();
    }
  }

  /**
   * Writes all of them in this order, or none that anybody would read: in one transaction. Returns
   * when they can be read.
   *
   * @throws ExecutionException when the broker refuses
   * @throws KafkaException when the transaction fails; what was written of it is never read
   */
  public void announceTogether(List<ModelNotice> notices)
      throws ExecutionException, InterruptedException {
    Properties properties = properties();
    properties.setProperty(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, "nelbo-" + config.detector() + "-models-by-hand");
    try (KafkaProducer<byte[], byte[]> producer = producer(properties)) {
      producer.initTransactions(); // ends what another left open
      producer.beginTransaction();
      try {
        for (ModelNotice notice : notices) {
          producer.send(record(notice)).get(); // one after the other: the order is what counts
        }
        producer.commitTransaction();
      } catch (ExecutionException | InterruptedException | KafkaException failed) {
        abort(producer, failed);
        throw failed;
      }
    }
    try (KafkaProducer<byte[], byte[]> next = producer(properties)) {
      next.initTransactions(); // waits for the broker's commit marks: only then it can be read
    }
  }

  /** Otherwise its readers would wait for the broker to do it. */
  private static void abort(KafkaProducer<byte[], byte[]> producer, Exception cause) {
    try {
      producer.abortTransaction();
    } catch (KafkaException fenced) {
      cause.addSuppressed(fenced);
    }
  }

  private Properties properties() {
    Properties properties = KafkaConnectors.clientProperties(config);
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return properties;
  }

  private static KafkaProducer<byte[], byte[]> producer(Properties properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private ProducerRecord<byte[], byte[]> record(ModelNotice notice) {
    return new ProducerRecord<>(
        config.topics().models(),
        notice.modelId().getBytes(StandardCharsets.UTF_8),
        new ModelNoticeCodec().write(notice));
  }
}
