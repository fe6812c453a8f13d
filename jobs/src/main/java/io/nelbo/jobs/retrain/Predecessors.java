package io.nelbo.jobs.retrain;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.models.NextVersion;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models that were activated last, the incumbent first. */
final class Predecessors {
  private static final Logger LOG = LoggerFactory.getLogger(Predecessors.class);

  private final ModelHistory history;
  private final ArtifactStore store;

  Predecessors(ModelHistory history, ArtifactStore store) {
    this.history = history;
    this.store = store;
  }

  /** Whether there is one: a start without state must not announce a first model over it. */
  static boolean isAny(ModelHistory history) throws IOException {
    Optional<ModelNotice> incumbent =
        history.read().stream().filter(ModelNotice::isActivation).findFirst();
    incumbent.ifPresent(
        notice ->
            LOG.info(
                "{} {} governs already: the next model comes with the end of a slide",
                notice.modelId(),
                notice.version()));
    return incumbent.isPresent();
  }

  /**
   * Their artifacts; damaged and vanished ones are left out.
   *
   * @param ownLast counts as the newest unless the topic has it already
   * @throws IOException when topic or store cannot be read
   */
  List<ModelArtifact> load(Optional<ModelNotice> ownLast) throws IOException {
    return load(ownLast, ModelLedger.PREDECESSORS);
  }

  /** The newest of them alone; empty when there is none that can be read. */
  Optional<ModelArtifact> incumbent(Optional<ModelNotice> ownLast) throws IOException {
    return load(ownLast, 1).stream().findFirst();
  }

  private List<ModelArtifact> load(Optional<ModelNotice> ownLast, int most) throws IOException {
    List<ModelArtifact> artifacts = new ArrayList<>();
    for (ModelNotice notice : latest(history.read(), ownLast)) {
      if (artifacts.size() == most) {
        break;
      }
      try {
        artifacts.add(store.load(notice.uri(), notice.sha256()));
      } catch (ArtifactException damaged) {
        LOG.warn(
            "{} {} cannot be compared with: {}",
            notice.modelId(),
            notice.version(),
            damaged.getMessage());
      }
    }
    return artifacts;
  }

  /**
   * The same for a decision: only where none was ever activated it is the first.
   *
   * @throws IOException also when there are activations and none of their artifacts can be read
   */
  List<ModelArtifact> toCompareWith(Optional<ModelNotice> ownLast) throws IOException {
    List<ModelArtifact> artifacts = load(ownLast);
    if (artifacts.isEmpty()) {
      List<ModelNotice> activated = latest(history.read(), ownLast);
      if (!activated.isEmpty()) {
        throw new IOException(
            "%s %s governs, and the store has no artifact of it nor of those before it: without one"
                    .formatted(activated.get(0).modelId(), activated.get(0).version())
                + " no candidate can be compared; make the store reachable, or see 'nelbo models"
                + " repair'");
      }
    }
    return artifacts;
  }

  /**
   * The number of the next candidate.
   *
   * @throws IOException when topic or store cannot be read
   */
  long nextVersion(String modelId, Optional<ModelNotice> ownLast) throws IOException {
    List<ModelNotice> known = new ArrayList<>(history.read());
    ownLast.ifPresent(known::add);
    return NextVersion.of(modelId, store, known);
  }

  /** Highest offset that the topic holds; {@link ModelNotice#UNWRITTEN} when it is empty. */
  long topicEnd() throws IOException {
    return topicEnd(history.read());
  }

  private static long topicEnd(List<ModelNotice> notices) {
    return notices.stream().mapToLong(ModelNotice::offset).max().orElse(ModelNotice.UNWRITTEN);
  }

  /**
   * What a person has decided about the candidate while it is in shadow, by the order of the topic:
   * the clocks of two machines may contradict it. A topic that ends earlier than it once did was
   * made anew, and all that it says was said since.
   */
  Optional<ModelNotice> decisionSince(ShadowCandidate candidate) throws IOException {
    List<ModelNotice> notices = history.read();
    boolean isAnew = topicEnd(notices) < candidate.afterOffset();
    return notices.stream()
        .filter(notice -> notice.version().equals(candidate.notice().version()))
        .filter(notice -> isAnew || notice.offset() > candidate.afterOffset())
        .max(Comparator.comparingLong(ModelNotice::offset));
  }

  /** One activation per version, by its last one, the newest first. */
  static List<ModelNotice> latest(List<ModelNotice> notices, Optional<ModelNotice> ownLast) {
    List<ModelNotice> activations =
        new ArrayList<>(notices.stream().filter(ModelNotice::isActivation).toList());
    activations.sort(Comparator.comparingLong(ModelNotice::offset));
    if (ownLast.isPresent()
        && activations.stream()
            .noneMatch(known -> known.version().equals(ownLast.get().version()))) {
      activations.add(ownLast.get()); // its transaction is still open
    }
    Map<String, ModelNotice> byVersion = new LinkedHashMap<>();
    for (int i = activations.size() - 1; i >= 0; i--) {
      byVersion.putIfAbsent(activations.get(i).version(), activations.get(i));
    }
    return List.copyOf(byVersion.values());
  }
}
