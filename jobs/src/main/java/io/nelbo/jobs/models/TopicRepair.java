package io.nelbo.jobs.models;

import io.nelbo.jobs.models.ModelLedger.Entry;
import io.nelbo.jobs.models.ModelLedger.State;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be announced so that the model topic says again what the store holds.
 *
 * <p>The topic is never rewritten: later offsets overrule. Activations of artifacts that have moved
 * are repeated in their order with their own {@code effective_from}, so that the same versions
 * govern the same records as before. Where the incumbent itself is lost, another version is
 * activated for records to come.
 *
 * @param repeated activations to announce again, in order, with the place where the artifact is now
 * @param replacement to activate for records to come, in place of the incumbent
 * @param helpless why there is no replacement although one is needed; empty otherwise
 */
public record TopicRepair(
    List<ModelNotice> repeated, Optional<PublishedArtifact> replacement, String helpless) {
  public TopicRepair {
    repeated = List.copyOf(repeated);
  }

  /** Plans it; changes nothing. */
  public static TopicRepair of(ModelLedger ledger) {
    List<ModelNotice> repeated = repeated(ledger);
    Optional<Entry> incumbent = ledger.incumbent();
    if (incumbent.isPresent() && isAsAnnounced(incumbent.get())) {
      return new TopicRepair(repeated, Optional.empty(), "");
    }
    Optional<PublishedArtifact> replacement = replacement(ledger);
    boolean isNeeded = incumbent.isPresent() || !ledger.entries().isEmpty();
    return new TopicRepair(
        repeated,
        replacement,
        replacement.isEmpty() && isNeeded
            ? "the store holds no artifact that may be announced"
            : "");
  }

  public boolean isNothing() {
    return repeated.isEmpty() && replacement.isEmpty() && helpless.isEmpty();
  }

  /** From the first that has moved on: later offsets overrule, so those after it come again too. */
  private static List<ModelNotice> repeated(ModelLedger ledger) {
    List<ModelNotice> repeated = new ArrayList<>();
    boolean hasMoved = false;
    for (ModelNotice activation : ledger.activations()) {
      Optional<PublishedArtifact> stored =
          ledger
              .entry(activation.version())
              .flatMap(Entry::artifact)
              .filter(artifact -> artifact.sha256().equals(activation.sha256()));
      if (stored.isEmpty()) {
        continue;
      }
      hasMoved |= isElsewhere(ledger, activation, stored.get());
      if (hasMoved) {
        repeated.add(activation.at(stored.get()));
      }
    }
    return repeated;
  }

  /** Whether neither this event nor a later one for the same time names the artifact's place. */
  private static boolean isElsewhere(
      ModelLedger ledger, ModelNotice activation, PublishedArtifact stored) {
    return ledger.activations().stream()
        .filter(later -> later.offset() >= activation.offset())
        .filter(later -> later.version().equals(activation.version()))
        .filter(later -> later.effectiveFromMillis() == activation.effectiveFromMillis())
        .noneMatch(later -> later.uri().equals(stored.uri()));
  }

  private static boolean isAsAnnounced(Entry entry) {
    String announced = entry.activation().map(ModelNotice::sha256).orElse("");
    return entry.artifact().filter(stored -> stored.sha256().equals(announced)).isPresent();
  }

  /** The incumbent as it is stored, or the last before it, or the newest that was not rejected. */
  private static Optional<PublishedArtifact> replacement(ModelLedger ledger) {
    List<Optional<PublishedArtifact>> choices = new ArrayList<>();
    choices.add(ledger.incumbent().flatMap(Entry::artifact));
    for (String version : ledger.before()) {
      choices.add(ledger.entry(version).flatMap(Entry::artifact));
    }
    for (int i = ledger.entries().size() - 1; i >= 0; i--) {
      Entry entry = ledger.entries().get(i);
      if (entry.state() != State.REJECTED) {
        choices.add(entry.artifact());
      }
    }
    return choices.stream().flatMap(Optional::stream).findFirst();
  }
}
