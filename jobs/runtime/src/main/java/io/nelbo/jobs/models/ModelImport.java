package io.nelbo.jobs.models;

import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.util.Optional;

/**
 * Brings an artifact from elsewhere into a store. Nothing is ever overwritten: it keeps its version
 * where that is free, and gets the next one where it is not.
 *
 * @param modelId that it gets
 * @param ledger what store and topic know of that model
 */
public record ModelImport(String modelId, ArtifactStore store, ModelLedger ledger) {
  /**
   * Publishes it, unless the store has it already.
   *
   * @throws IOException when it cannot be written
   */
  public PublishedArtifact bring(ArtifactBytes foreign) throws IOException {
    Manifest manifest = foreign.artifact().manifest();
    boolean isOurs = manifest.modelId().equals(modelId);
    if (isOurs && isFreeFor(foreign)) {
      return store.publish(foreign);
    }
    if (isOurs && isWhatWasDamaged(foreign)) {
      store.remove(modelId, manifest.version());
      return store.publish(foreign);
    }
    String version = isOurs || isTaken(manifest.version()) ? next() : manifest.version();
    return store.publish(
        new ModelArtifact(
            manifest.movedTo(modelId, version, origin(manifest)), foreign.artifact().tensors()));
  }

  /** Free, or the very same: one that got lost comes back under its announced checksum. */
  private boolean isFreeFor(ArtifactBytes foreign) {
    Optional<ModelLedger.Entry> entry = ledger.entry(foreign.artifact().manifest().version());
    if (entry.isEmpty()) {
      return true;
    }
    String sha256 = foreign.sha256();
    return !entry.get().damaged()
        && entry.get().artifact().map(stored -> stored.sha256().equals(sha256)).orElse(true)
        && isAnnouncedAs(entry.get(), sha256);
  }

  /** What is in its place is no artifact any more, and this is the one that was announced. */
  private boolean isWhatWasDamaged(ArtifactBytes foreign) {
    return ledger
        .entry(foreign.artifact().manifest().version())
        .filter(entry -> entry.damaged() && !entry.decisions().isEmpty())
        .filter(entry -> isAnnouncedAs(entry, foreign.sha256()))
        .isPresent();
  }

  private static boolean isAnnouncedAs(ModelLedger.Entry entry, String sha256) {
    return entry.decisions().stream().allMatch(notice -> notice.sha256().equals(sha256));
  }

  private boolean isTaken(String version) {
    return ledger.entry(version).isPresent();
  }

  private String next() throws IOException {
    return new ModelVersion(NextVersion.of(modelId, store, ledger.decisions())).toString();
  }

  private static Provenance origin(Manifest manifest) {
    Provenance provenance = manifest.provenance();
    return provenance.broughtBy(
        "import of %s %s, %s"
            .formatted(manifest.modelId(), manifest.version(), provenance.trigger()));
  }
}
