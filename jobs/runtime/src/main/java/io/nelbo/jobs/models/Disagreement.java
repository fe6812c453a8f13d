package io.nelbo.jobs.models;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelLedger.State;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where store and model topic contradict each other about a version.
 *
 * @param what is the matter
 * @param remedy what to do about it
 */
public record Disagreement(String version, String what, String remedy) {
  private static final int SHOWN = 12;

  /**
   * All of them, by version.
   *
   * @param oldest of the records that a replay can still be made of: what governed older ones only
   *     may be gone
   */
  public static List<Disagreement> in(ModelLedger ledger, NelboConfig config, OldestRecord oldest) {
    Set<String> governing = Retention.of(config, oldest).governing(ledger);
    String store = config.model().store();
    String topic = config.topics().models();
    return ledger.entries().stream()
        .filter(entry -> isThere(entry) || governing.contains(entry.version()))
        .map(entry -> about(entry, ledger.activations().isEmpty(), store, topic))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isThere(ModelLedger.Entry entry) {
    return entry.artifact().isPresent() || entry.damaged();
  }

  private static Optional<Disagreement> about(
      ModelLedger.Entry entry, boolean nothingActivated, String store, String topic) {
    Optional<ModelNotice> activation = entry.activation();
    if (activation.isEmpty()) {
      return aboutOneThatNeverGoverned(entry, nothingActivated, store, topic);
    }
    if (entry.damaged()) {
      return found(
          entry,
          "%s activated %s, and what %s holds of it is damaged: the jobs refuse it"
              .formatted(topic, entry.version(), store),
          mending(entry));
    }
    if (entry.artifact().isEmpty()) {
      return found(
          entry,
          entry.state() == State.INCUMBENT
              ? "%s activated %s, and %s does not hold it: the jobs stay with the model before"
                  .formatted(topic, entry.version(), store)
              : "%s activated %s, and %s holds it no longer: in a replay the model before scores"
                      .formatted(topic, entry.version(), store)
                  + " what it governed",
          mending(entry));
    }
    return aboutOneThatIsThere(entry, activation.get(), entry.artifact().get(), store, topic);
  }

  private static Optional<Disagreement> aboutOneThatNeverGoverned(
      ModelLedger.Entry entry, boolean nothingActivated, String store, String topic) {
    if (entry.damaged()) {
      return found(
          entry,
          "what %s holds of %s is damaged".formatted(store, entry.version()),
          "it was never activated: its folder may be deleted");
    }
    if (nothingActivated && entry.state() == State.CANDIDATE) {
      return found(
          entry,
          "%s holds %s, and %s has never activated any model"
              .formatted(store, entry.version(), topic),
          "'nelbo models repair' announces the newest, 'nelbo models promote REF' another");
    }
    return Optional.empty(); // a candidate like others
  }

  private static Optional<Disagreement> aboutOneThatIsThere(
      ModelLedger.Entry entry,
      ModelNotice activation,
      PublishedArtifact stored,
      String store,
      String topic) {
    if (!stored.sha256().equals(activation.sha256())) {
      return found(
          entry,
          "%s activated %s with checksum %s, and %s holds it with %s: the jobs refuse it"
              .formatted(
                  topic,
                  entry.version(),
                  start(activation.sha256()),
                  store,
                  start(stored.sha256())),
          "put back the files that were announced, or 'nelbo models repair' announces another");
    }
    if (!stored.uri().equals(activation.uri())) {
      return found(
          entry,
          "%s says that %s lies in %s, and it lies in %s: the jobs refuse what is outside of"
                  .formatted(topic, entry.version(), activation.uri(), stored.uri())
              + " model.store",
          "'nelbo models repair' announces it where it is");
    }
    return Optional.empty();
  }

  private static String mending(ModelLedger.Entry entry) {
    String copy = "put its files back, from a copy with 'nelbo models import DIR'";
    return entry.state() == State.INCUMBENT
        ? copy + ", or 'nelbo models repair' announces another"
        : copy;
  }

  private static Optional<Disagreement> found(ModelLedger.Entry entry, String what, String remedy) {
    return Optional.of(new Disagreement(entry.version(), what, remedy));
  }

  private static String start(String sha256) {
    return sha256.substring(0, Math.min(SHOWN, sha256.length()));
  }
}
