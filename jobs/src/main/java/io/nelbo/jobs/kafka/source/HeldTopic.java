package io.nelbo.jobs.kafka.source;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig.Start;
import java.io.Serializable;

/**
 * The topic that offsets are held against.
 *
 * @param topic its name
 * @param group the consumer group whose offsets count where no state is restored
 * @param otherwise where to begin without these
 * @param bootstrapServers to name in a command
 */
public record HeldTopic(String topic, String group, Start otherwise, String bootstrapServers)
    implements Serializable {
  /** The source topic of a configuration. */
  public static HeldTopic of(NelboConfig config, String group) {
    return new HeldTopic(
        config.source().topic(), group, config.source().start(), config.kafka().bootstrapServers());
  }
}
