package io.nelbo.jobs.config;

import java.io.Serializable;
import java.util.Map;

/**
 * How to reach the brokers.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param properties passed to every Kafka client as they are (security, compression)
 */
public record KafkaConfig(String bootstrapServers, Map<String, String> properties)
    implements Serializable {}
