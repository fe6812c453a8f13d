package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.TopicProbe;
import io.nelbo.jobs.models.Disagreement;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Store and model topic as a command finds them.
 *
 * @param notices of the model topic about this model
 * @param unread why the topic could not be read; empty when it was, or was not asked
 */
record ModelsView(
    NelboConfig config,
    ArtifactStore store,
    List<ModelNotice> notices,
    ModelLedger ledger,
    Optional<String> unread) {
  ModelsView {
    notices = List.copyOf(notices);
  }

  /**
   * Reads both.
   *
   * @throws IOException when one of them cannot be reached
   */
  static ModelsView of(NelboConfig loaded) throws IOException {
    return of(loaded, notices(loaded));
  }

  /**
   * Reads the topic if that can be done, and the store.
   *
   * @throws IOException when the store cannot be reached
   */
  static ModelsView asFarAsKnown(NelboConfig loaded) throws IOException {
    List<ModelNotice> notices;
    try {
      notices = notices(loaded);
    } catch (IOException | TopicProbe.BrokerException unreachable) {
      return of(loaded, List.of(), Optional.of(FailureText.of(unreachable)));
    }
    return of(loaded, notices);
  }

  /**
   * Refuses what is no reference before anybody waits for a broker.
   *
   * @throws IllegalArgumentException naming the versions that there are
   * @throws IOException when it asks for the newest and the store has none
   */
  static void requireReference(NelboConfig loaded, String reference) throws IOException {
    if (!reference.equals(ModelReferences.INCUMBENT)) {
      new ModelReferences(loaded, List::of).version(reference);
    }
  }

  /**
   * Refuses, before anybody waits for a broker, what the store does not hold.
   *
   * @throws IllegalArgumentException when it is no reference
   * @throws IOException when there is no such model, naming the versions that there are
   */
  static void requireStored(NelboConfig loaded, String reference) throws IOException {
    if (!reference.equals(ModelReferences.INCUMBENT)) {
      new ModelReferences(loaded, List::of).published(reference);
    }
  }

  /**
   * Of the topic alone.
   *
   * @throws IOException when it cannot be reached
   */
  static List<ModelNotice> notices(NelboConfig loaded) throws IOException {
    BrokerCheck.require(loaded, loaded.topics().models(), "");
    return new KafkaConnectors(loaded, "models").modelHistory().read();
  }

  /** As if the topic were empty: for what can be told without a broker. */
  static ModelsView ofStore(NelboConfig loaded) throws IOException {
    return of(loaded, List.of());
  }

  /**
   * Reads the store.
   *
   * @param notices of the topic
   * @throws IOException when the store cannot be reached
   */
  static ModelsView of(NelboConfig loaded, List<ModelNotice> notices) throws IOException {
    return of(loaded, notices, Optional.empty());
  }

  private static ModelsView of(
      NelboConfig loaded, List<ModelNotice> notices, Optional<String> unread) throws IOException {
    ArtifactStore store = ArtifactStores.open(loaded.model());
    return new ModelsView(
        loaded, store, notices, ModelLedger.of(loaded.model().id(), store, notices), unread);
  }

  /** What the artifact says of itself; empty when the store does not hold it. */
  Optional<Manifest> manifest(ModelLedger.Entry entry) throws IOException {
    return entry.artifact().isEmpty()
        ? Optional.empty()
        : Optional.of(
            store.load(entry.artifact().get().uri(), entry.artifact().get().sha256()).manifest());
  }

  ModelReferences references() {
    return new ModelReferences(config, this::requireNotices);
  }

  private List<ModelNotice> requireNotices() throws IOException {
    if (unread.isPresent()) {
      throw new IOException(
          "which model is the incumbent only topic %s knows: %s"
              .formatted(config.topics().models(), unread.get()));
    }
    return notices;
  }

  ModelSummary summary(ModelLedger.Entry entry) throws IOException {
    return new ModelSummary(entry, manifest(entry), unread.isEmpty());
  }

  /** What to say when only the store could be asked; empty when the topic was read. */
  Optional<String> remark() {
    return unread.map(
        why ->
            "topic %s could not be read, so state and decisions are unknown: %s; start the broker or correct kafka.bootstrap-servers"
                .formatted(config.topics().models(), why));
  }

  /** Where store and topic contradict each other; nothing when the topic could not be read. */
  List<Disagreement> disagreements() {
    return unread.isPresent()
        ? List.of()
        : Disagreement.in(ledger, config, new KafkaConnectors(config, "models").oldestRecord());
  }
}
