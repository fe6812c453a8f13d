package io.nelbo.jobs.models;

import io.nelbo.jobs.models.ModelLedger.Entry;
import io.nelbo.jobs.models.ModelLedger.State;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has to be announced so that the model topic says again what the store holds.
 *
 * <p>The topic is never rewritten: later offsets overrule. Activations of artifacts that have moved
 * are repeated in their order with their own {@code effective_from}, so that the same versions
 * govern the same records as before. What an earlier repair has repeated, all of it or a part, is
 * the same activation still, in the place where it was first announced. Where the incumbent itself
 * is lost, another version is activated for records to come.
 *
 * @param repeated activations to announce again, in order and all at once, each with the place
 *     where the artifact is now, or was when it is lost
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

  /** An activation and its repetitions: what they have in common. */
  private record Decision(String version, long effectiveFromMillis, long decidedAtMillis) {
    static Decision of(ModelNotice activation) {
      return new Decision(
          activation.version(), activation.effectiveFromMillis(), activation.decidedAtMillis());
    }
  }

  /**
   * From the first on that has moved, or comes before its predecessor because a repair was cut off:
   * later offsets overrule, so those after it come again too.
   */
  private static List<ModelNotice> repeated(ModelLedger ledger) {
    Map<Decision, ModelNotice> lastWords = new LinkedHashMap<>(); // by the first announcement
    ledger.activations().forEach(activation -> lastWords.put(Decision.of(activation), activation));
    List<ModelNotice> repeated = new ArrayList<>();
    long offset = ModelNotice.UNWRITTEN;
    for (ModelNotice activation : lastWords.values()) {
      PublishedArtifact place = place(ledger, activation);
      boolean isInPlace = activation.uri().equals(place.uri()) && activation.offset() > offset;
      if (!isInPlace || !repeated.isEmpty()) {
        repeated.add(activation.at(place));
      }
      offset = activation.offset();
    }
    return repeated;
  }

  /** Where it lies; of one that is lost, where it lay. */
  private static PublishedArtifact place(ModelLedger ledger, ModelNotice activation) {
    return ledger
        .entry(activation.version())
        .flatMap(Entry::artifact)
        .filter(stored -> stored.sha256().equals(activation.sha256()))
        .orElseGet(activation::artifact);
  }

  private static boolean isAsAnnounced(Entry entry) {
    String announced = entry.activation().map(ModelNotice::sha256).orElse("");
    return entry.artifact().filter(stored -> stored.sha256().equals(announced)).isPresent();
  }

  /** The incumbent as it is stored, the last before it, or the newest that nobody decided about. */
  private static Optional<PublishedArtifact> replacement(ModelLedger ledger) {
    List<Optional<PublishedArtifact>> choices = new ArrayList<>();
    choices.add(ledger.incumbent().flatMap(Entry::artifact));
    for (String version : ledger.before()) {
      choices.add(ledger.entry(version).flatMap(Entry::artifact));
    }
    for (int i = ledger.entries().size() - 1; i >= 0; i--) {
      Entry entry = ledger.entries().get(i);
      if (entry.state() != State.REJECTED && entry.state() != State.WAITING) {
        choices.add(entry.artifact());
      }
    }
    return choices.stream().flatMap(Optional::stream).findFirst();
  }
}
