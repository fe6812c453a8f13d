package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicProbe;
import java.io.IOException;
import java.util.List;

/** Asks the broker for a topic first: Kafka's clients would try for a minute, and not say why. */
public final class BrokerCheck {
  private BrokerCheck() {}

  /**
   * @param topic that is to be read
   * @param hint how to do without a broker; empty when there is no way
   * @throws IOException when the broker does not answer or has no such topic
   */
  public static void require(NelboConfig loaded, String topic, String hint) throws IOException {
    List<String> missing;
    try {
      missing = new TopicProbe(loaded).missing();
    } catch (TopicProbe.BrokerException e) {
      if (hint.isEmpty()) {
        throw e;
      }
      throw new IOException(e.getMessage() + "; " + hint, e);
    }
    if (missing.contains(topic)) {
      throw new IOException(
          "topic %s does not exist at %s".formatted(topic, loaded.kafka().bootstrapServers()));
    }
  }
}
