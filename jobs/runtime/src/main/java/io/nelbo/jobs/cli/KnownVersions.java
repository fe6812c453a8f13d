package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.BrokerAddress;
import io.nelbo.jobs.kafka.TopicProbe;
import io.nelbo.jobs.stream.ModelNotice;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * What the model topic knows, for commands that need a version's number and can do without a
 * broker: then only the store says which numbers are taken, and a line says so.
 */
final class KnownVersions {
  private KnownVersions() {}

  static List<ModelNotice> ofTopic(NelboConfig loaded, PrintWriter err) {
    String reason;
    try {
      if (BrokerAddress.isListening(loaded)) {
        boolean isNew = new TopicProbe(loaded).missing().contains(loaded.topics().models());
        return isNew ? List.of() : ModelsView.notices(loaded);
      }
      reason = "no Kafka broker listens at " + loaded.kafka().bootstrapServers();
    } catch (TopicProbe.BrokerException | IOException absent) {
      reason = String.valueOf(absent.getMessage());
    }
    err.printf(
        "warning: topic %s was not asked which versions it knows, only the store was: %s%n",
        loaded.topics().models(), reason);
    err.flush();
    return List.of();
  }
}
