package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
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
 */
record ModelsView(
    NelboConfig config, ArtifactStore store, List<ModelNotice> notices, ModelLedger ledger) {
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
    ArtifactStore store = ArtifactStores.open(loaded.model());
    return new ModelsView(
        loaded, store, notices, ModelLedger.of(loaded.model().id(), store, notices));
  }

  /** What the artifact says of itself; empty when the store does not hold it. */
  Optional<Manifest> manifest(ModelLedger.Entry entry) throws IOException {
    return entry.artifact().isEmpty()
        ? Optional.empty()
        : Optional.of(
            store.load(entry.artifact().get().uri(), entry.artifact().get().sha256()).manifest());
  }

  ModelReferences references() {
    return new ModelReferences(config, () -> notices);
  }

  List<Disagreement> disagreements() {
    return Disagreement.in(ledger, config, new KafkaConnectors(config, "models").oldestRecord());
  }
}
