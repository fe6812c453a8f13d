package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;

/** What to say about topics that are not there. */
final class MissingTopics {
  private MissingTopics() {}

  /** The one that we never make: only its owner knows how many partitions it needs. */
  static String source(NelboConfig config) {
    return "source topic %s does not exist at %s: create it first (its partitions decide the others')"
        .formatted(config.source().topic(), config.kafka().bootstrapServers());
  }
}
