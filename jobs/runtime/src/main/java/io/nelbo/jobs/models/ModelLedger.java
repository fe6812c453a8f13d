package io.nelbo.jobs.models;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The versions of one model: what the store holds and what the model topic decided about them.
 *
 * @param entries by version
 * @param activations of all versions in the order of the topic
 */
public record ModelLedger(List<Entry> entries, List<ModelNotice> activations) {
  /** With so many of the last models the gate compares, and so far back goes a rollback. */
  public static final int PREDECESSORS = 5;

  /** What became of a version. */
  public enum State {
    /** The last that was activated. */
    INCUMBENT,
    /** Activated before. */
    RETIRED,
    /** Passed the gate and waits for a person. */
    WAITING,
    /** Did not pass the gate, or was rejected by hand. */
    REJECTED,
    /** In the store, and nothing was decided about it. */
    CANDIDATE
  }

  /**
   * One version.
   *
   * @param decisions of the model topic about it, oldest first
   * @param artifact that the store holds, whole and unaltered
   * @param damaged whether the store has something of this version that is no artifact
   */
  public record Entry(
      String version,
      State state,
      List<ModelNotice> decisions,
      Optional<PublishedArtifact> artifact,
      boolean damaged) {
    public Entry {
      decisions = List.copyOf(decisions);
    }

    /** The last about it. */
    public Optional<ModelNotice> decision() {
      return decisions.isEmpty()
          ? Optional.empty()
          : Optional.of(decisions.get(decisions.size() - 1));
    }

    /** The last that made it govern. */
    public Optional<ModelNotice> activation() {
      return decisions.stream().filter(ModelNotice::isActivation).reduce((one, later) -> later);
    }
  }

  public ModelLedger {
    entries = List.copyOf(entries);
    activations = List.copyOf(activations);
  }

  /**
   * Puts both side by side.
   *
   * @param notices all decisions of the model topic about this model, in any order
   */
  public static ModelLedger of(String modelId, ArtifactStore store, List<ModelNotice> notices)
      throws IOException {
    Map<ModelVersion, List<ModelNotice>> decisions = new TreeMap<>();
    List<ModelNotice> activations = new ArrayList<>();
    for (ModelNotice notice : inOrder(notices)) {
      if (ModelVersion.isValid(notice.version())) { // a slide without a model has none
        decisions
            .computeIfAbsent(ModelVersion.parse(notice.version()), version -> new ArrayList<>())
            .add(notice);
      }
      if (notice.isActivation()) {
        activations.add(notice);
      }
    }
    Map<ModelVersion, Optional<PublishedArtifact>> stored = new HashMap<>();
    for (ModelVersion version : store.begun(modelId)) {
      decisions.putIfAbsent(version, List.of());
      stored.put(version, store.find(modelId, version.toString()));
    }
    String incumbent =
        activations.isEmpty() ? "" : activations.get(activations.size() - 1).version();
    List<Entry> entries = new ArrayList<>();
    decisions.forEach(
        (version, about) -> {
          String name = version.toString();
          Optional<PublishedArtifact> artifact = stored.getOrDefault(version, Optional.empty());
          entries.add(
              new Entry(
                  name,
                  name.equals(incumbent) ? State.INCUMBENT : state(about),
                  about,
                  artifact,
                  artifact.isEmpty() && stored.containsKey(version)));
        });
    return new ModelLedger(entries, activations);
  }

  private static State state(List<ModelNotice> decisions) {
    if (decisions.isEmpty()) {
      return State.CANDIDATE;
    }
    if (decisions.stream().anyMatch(ModelNotice::isActivation)) {
      return State.RETIRED;
    }
    return decisions.get(decisions.size() - 1).isWaiting() ? State.WAITING : State.REJECTED;
  }

  /** What is known of one version; empty when neither store nor topic know it. */
  public Optional<Entry> entry(String version) {
    return entries.stream().filter(entry -> entry.version().equals(version)).findFirst();
  }

  /** All decisions about versions, in the order of these. */
  public List<ModelNotice> decisions() {
    return entries.stream().flatMap(entry -> entry.decisions().stream()).toList();
  }

  /** The version that governs what is to come; empty when none was ever activated. */
  public Optional<Entry> incumbent() {
    return entries.stream().filter(entry -> entry.state() == State.INCUMBENT).findFirst();
  }

  /**
   * The versions that were activated last before the incumbent, the last one first, each once: what
   * a rollback may go back to.
   */
  public List<String> before() {
    List<String> versions = new ArrayList<>();
    for (int i = activations.size() - 1; i >= 0; i--) {
      String version = activations.get(i).version();
      if (!versions.contains(version)) {
        versions.add(version);
      }
    }
    return versions.isEmpty() ? List.of() : List.copyOf(versions.subList(1, versions.size()));
  }

  private static List<ModelNotice> inOrder(List<ModelNotice> notices) {
    return notices.stream().sorted(Comparator.comparingLong(ModelNotice::offset)).toList();
  }
}
