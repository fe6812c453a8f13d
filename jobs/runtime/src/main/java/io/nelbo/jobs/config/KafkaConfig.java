package io.nelbo.jobs.config;

import java.io.Serializable;
import java.util.Map;

/** How to reach the brokers. */
public record KafkaConfig(
    @Setting(means = "brokers to begin with, host:port separated by commas", required = true)
        String bootstrapServers,
    @Setting(means = "passed to every Kafka client as they are (security, compression)")
        Map<String, String> properties)
    implements Serializable {
  public KafkaConfig {
    properties = Map.copyOf(properties);
  }
}
