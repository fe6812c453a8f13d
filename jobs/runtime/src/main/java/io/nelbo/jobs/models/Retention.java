package io.nelbo.jobs.models;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelLedger.Entry;
import io.nelbo.jobs.models.ModelLedger.State;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which versions of a store may go. Never: the newest, the incumbent, those that a rollback may go
 * back to, a candidate that waits for a person, one that is newer than all that the topic has
 * decided about, and whatever a replay of the records that the source topic still holds would be
 * scored with.
 *
 * @param keep the newest versions that stay whatever became of them
 * @param horizonMillis activations that were decided before it, govern from before it and whose
 *     artifact is there as announced, have ended what went before for all records that are still
 *     there; {@link Long#MIN_VALUE} when nothing is known of the records
 */
record Retention(int keep, long horizonMillis) {
  /** As a configuration has it. */
  static Retention of(NelboConfig config, OldestRecord oldest) {
    OptionalLong millis = oldest.millis();
    return new Retention(
        config.model().keep(),
        millis.isEmpty()
            ? Long.MIN_VALUE
            : millis.getAsLong() - config.retrain().span().toMillis()); // records may come late
  }

  /** Of what the store holds, the oldest first. */
  List<String> removable(ModelLedger ledger) {
    Set<String> needed = new HashSet<>(governing(ledger));
    needed.addAll(ledger.before().stream().limit(ModelLedger.PREDECESSORS).toList());
    List<Entry> stored =
        ledger.entries().stream()
            .filter(entry -> entry.artifact().isPresent() || entry.damaged())
            .toList();
    Optional<ModelVersion> newest = newestDecided(ledger);
    if (newest.isEmpty()) {
      return List.of();
    }
    ModelVersion decided = newest.get();
    List<String> removable = new ArrayList<>();
    for (Entry entry : stored.subList(0, Math.max(0, stored.size() - keep))) {
      boolean mustStay =
          entry.state() == State.INCUMBENT
              || entry.state() == State.WAITING
              || version(entry).compareTo(decided) > 0;
      if (!mustStay && !needed.contains(entry.version())) {
        removable.add(entry.version());
      }
    }
    return removable;
  }

  /** Of newer ones the decision may be on its way: written, in a transaction that is still open. */
  private static Optional<ModelVersion> newestDecided(ModelLedger ledger) {
    return ledger.entries().stream()
        .filter(entry -> !entry.decisions().isEmpty())
        .map(Retention::version)
        .max(Comparator.naturalOrder());
  }

  private static ModelVersion version(Entry entry) {
    return ModelVersion.parse(entry.version());
  }

  /** Versions that records which are still there may be governed by. */
  Set<String> governing(ModelLedger ledger) {
    List<ModelNotice> activations = ledger.activations();
    Set<String> governing = new HashSet<>();
    boolean isEnded = false;
    for (int i = activations.size() - 1; i >= 0; i--) {
      ModelNotice activation = activations.get(i);
      if (!isEnded) {
        governing.add(activation.version());
      }
      isEnded |=
          activation.effectiveFromMillis() < horizonMillis
              && activation.decidedAtMillis() < horizonMillis
              && holds(ledger, activation);
    }
    return governing;
  }

  /** Otherwise the jobs refuse it, and what went before governs on. */
  private static boolean holds(ModelLedger ledger, ModelNotice activation) {
    return ledger
        .entry(activation.version())
        .flatMap(Entry::artifact)
        .filter(stored -> stored.sha256().equals(activation.sha256()))
        .isPresent();
  }
}
