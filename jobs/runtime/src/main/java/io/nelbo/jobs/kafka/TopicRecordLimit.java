package io.nelbo.jobs.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker for a topic's {@code max.message.bytes}; its default where it may not be read.
 */
final class TopicRecordLimit implements RecordLimit {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(TopicRecordLimit.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Properties clientProperties;
  private final String topic;

  TopicRecordLimit(Properties clientProperties, String topic) {
    this.clientProperties = clientProperties;
    this.topic = topic;
  }

  @Override
  public int bytes() {
    try (Admin admin = Admin.create(clientProperties)) {
      return Math.min(MOST, of(admin, topic, TIMEOUT));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn(
          "max.message.bytes of topic {} cannot be read, {} is taken: {}",
          topic,
          KAFKA_DEFAULT,
          e.toString());
      return KAFKA_DEFAULT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KAFKA_DEFAULT;
    }
  }

  /** The topic's limit. */
  static int of(Admin admin, String topic, Duration timeout)
      throws ExecutionException, InterruptedException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    for (Config config :
        admin
            .describeConfigs(List.of(resource))
            .all()
            .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .values()) {
      return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    }
    return KAFKA_DEFAULT;
  }
}
