package io.nelbo.jobs.models;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The versions of one model: what the store holds and what the model topic decided about them.
 *
 * @param entries by version
 */
public record ModelLedger(List<Entry> entries) {
  /** What became of a version. */
  public enum State {
    /** The last that was activated. */
    INCUMBENT,
    /** Activated before. */
    RETIRED,
    /** Did not pass the gate, or waits for a person. */
    REJECTED,
    /** In the store, and nothing was decided about it. */
    CANDIDATE
  }

  /**
   * One version.
   *
   * @param decision the last about it
   * @param stored whether the store holds a valid artifact of it
   */
  public record Entry(
      String version, State state, Optional<ModelNotice> decision, boolean stored) {}

  public ModelLedger {
    entries = List.copyOf(entries);
  }

  /**
   * Puts both side by side.
   *
   * @param notices all decisions of the model topic about this model, in any order
   */
  public static ModelLedger of(String modelId, LocalArtifactStore store, List<ModelNotice> notices)
      throws IOException {
    Map<String, ModelNotice> last = new TreeMap<>();
    Set<String> activated = new HashSet<>();
    String incumbent = "";
    for (ModelNotice notice : inOrder(notices)) {
      if (!notice.version().isEmpty()) {
        last.put(notice.version(), notice);
      }
      if (notice.isActivation()) {
        activated.add(notice.version());
        incumbent = notice.version();
      }
    }
    Set<String> stored = new HashSet<>();
    for (PublishedArtifact artifact : store.list(modelId)) {
      stored.add(artifact.version());
    }
    Map<String, Entry> entries = new TreeMap<>();
    Set<String> versions = new HashSet<>(stored);
    versions.addAll(last.keySet());
    for (String version : versions) {
      Optional<ModelNotice> decision = Optional.ofNullable(last.get(version));
      State state =
          version.equals(incumbent)
              ? State.INCUMBENT
              : activated.contains(version)
                  ? State.RETIRED
                  : decision.isPresent() ? State.REJECTED : State.CANDIDATE;
      entries.put(version, new Entry(version, state, decision, stored.contains(version)));
    }
    return new ModelLedger(new ArrayList<>(entries.values()));
  }

  /** The version that was activated last before the incumbent; empty when there is none. */
  public static Optional<String> previous(List<ModelNotice> notices) {
    List<String> activated =
        inOrder(notices).stream()
            .filter(ModelNotice::isActivation)
            .map(ModelNotice::version)
            .toList();
    if (activated.isEmpty()) {
      return Optional.empty();
    }
    String incumbent = activated.get(activated.size() - 1);
    return activated.stream()
        .filter(version -> !version.equals(incumbent))
        .reduce((earlier, later) -> later);
  }

  private static List<ModelNotice> inOrder(List<ModelNotice> notices) {
    return notices.stream().sorted(Comparator.comparingLong(ModelNotice::offset)).toList();
  }
}
