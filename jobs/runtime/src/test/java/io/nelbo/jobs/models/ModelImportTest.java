package io.nelbo.jobs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Out of one store and into another. */
final class ModelImportTest {
  private static final long MAX_BYTES = 1 << 24;

  @TempDir private Path folder;

  private Shelf shelf;

  @BeforeEach
  void openStore() {
    shelf = new Shelf(folder.resolve("store"));
  }

  @Test
  void whatWasExportedComesBackWithTheSameChecksum() throws Exception {
    PublishedArtifact original = shelf.publish(7);
    ModelFolder exported = exported(original);
    Shelf other = new Shelf(folder.resolve("other"));

    PublishedArtifact copy = bring(other, exported);

    assertThat(copy.version()).isEqualTo("v000007");
    assertThat(copy.sha256()).isEqualTo(original.sha256());
    assertThat(Files.readAllLines(folder.resolve("copy/SHA256SUMS")).get(0))
        .isEqualTo(original.sha256() + "  model.json");
  }

  @Test
  void aTakenVersionIsNeverOverwritten() throws Exception {
    PublishedArtifact ours = shelf.publish(1);
    ModelFolder foreign = exported(new Shelf(folder.resolve("far")).publish(1), "far");
    shelf.reject(2, "no");
    shelf.store().remove(TestModels.ID, "v000002"); // the topic still knows it

    PublishedArtifact same = bring(shelf, foreign);
    PublishedArtifact other = bring(shelf, otherBytes());

    assertThat(same).isEqualTo(ours);
    assertThat(other.version()).isEqualTo("v000003");
    assertThat(shelf.store().find(TestModels.ID, "v000001")).contains(ours);
    assertThat(manifest(other).provenance().trigger())
        .isEqualTo("import of test v000001, from another plant");
  }

  @Test
  void aModelOfAnotherNameGetsOursAndSaysWhereItIsFrom() throws Exception {
    ModelFolder foreign = exported(shelf.publish(4));
    Shelf other = new Shelf(folder.resolve("other"));

    PublishedArtifact copy =
        new ModelImport(
                "pumps", other.store(), ModelLedger.of("pumps", other.store(), other.topic()))
            .bring(foreign.read(MAX_BYTES, Optional.empty()));

    assertThat(copy.modelId()).isEqualTo("pumps");
    assertThat(copy.version()).isEqualTo("v000004");
    Manifest manifest = other.store().load(copy.uri(), copy.sha256()).manifest();
    assertThat(manifest.modelId()).isEqualTo("pumps");
    assertThat(manifest.provenance().trigger()).isEqualTo("import of test v000004, model 4");
  }

  @Test
  void aLostArtifactComesBackUnderTheChecksumThatWasAnnounced() throws Exception {
    ModelNotice announced = shelf.activate(1, 100);
    ModelFolder copy = exported(shelf.store().find(TestModels.ID, "v000001").orElseThrow());
    shelf.store().remove(TestModels.ID, "v000001");

    bring(shelf, copy);

    assertThat(shelf.store().load(announced.uri(), announced.sha256())).isNotNull();
    assertThat(shelf.disagreements()).isEmpty();
  }

  @Test
  void aDamagedArtifactIsReplacedByTheOneThatWasAnnouncedAndByNoOther() throws Exception {
    ModelNotice announced = shelf.activate(1, 100);
    ModelFolder copy = exported(shelf.store().find(TestModels.ID, "v000001").orElseThrow());
    Files.writeString(folder.resolve("store/test/v000001/weights.safetensors"), "nothing");

    PublishedArtifact other = bring(shelf, otherBytes());
    PublishedArtifact same = bring(shelf, copy);

    assertThat(other.version()).isEqualTo("v000002");
    assertThat(same.version()).isEqualTo("v000001");
    assertThat(shelf.store().load(announced.uri(), announced.sha256())).isNotNull();
    assertThat(shelf.disagreements()).isEmpty();
  }

  @Test
  void anAlteredFolderIsRefused() throws Exception {
    PublishedArtifact original = shelf.publish(1);
    ModelFolder exported = exported(original);
    Path manifest = folder.resolve("copy/model.json");
    Files.writeString(manifest, Files.readString(manifest).replace("model 1", "model 9"));

    assertThatThrownBy(() -> exported.read(MAX_BYTES, Optional.empty()))
        .isInstanceOfSatisfying(
            ArtifactException.class,
            refused -> assertThat(refused.reason()).isEqualTo(ArtifactException.Reason.ALTERED))
        .hasMessageStartingWith(manifest + " has sha256 ")
        .hasMessageEndingWith(", expected " + original.sha256());
  }

  @Test
  void sumsOfFilesThatWereReadAsBinaryAreUnderstood() throws Exception {
    PublishedArtifact original = shelf.publish(1);
    ModelFolder exported = exported(original);
    Files.writeString(
        folder.resolve("copy/SHA256SUMS"),
        "0".repeat(64) + " *model.json" + System.lineSeparator());

    assertThatThrownBy(() -> exported.read(MAX_BYTES, Optional.empty()))
        .hasMessageEndingWith(", expected " + "0".repeat(64));
  }

  @Test
  void anExportOverwritesNothing() throws Exception {
    PublishedArtifact original = shelf.publish(1);
    ModelFolder exported = exported(original);
    ArtifactBytes bytes = shelf.store().read(original.uri(), original.sha256());

    assertThatThrownBy(() -> exported.write(bytes))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(
            folder.resolve("copy")
                + " exists and is not empty: choose another folder, nothing is overwritten");
    Files.createDirectory(folder.resolve("empty"));
    new ModelFolder(folder.resolve("empty")).write(bytes);
    assertThat(folder.resolve("empty/model.json")).exists();
  }

  private ModelFolder exported(PublishedArtifact artifact) throws Exception {
    return exported(artifact, "store");
  }

  private ModelFolder exported(PublishedArtifact artifact, String store) throws Exception {
    ModelFolder copy =
        new ModelFolder(folder.resolve(store.equals("store") ? "copy" : "copy-of-" + store));
    copy.write(new Shelf(folder.resolve(store)).store().read(artifact.uri(), artifact.sha256()));
    return copy;
  }

  /** Another model that calls itself v000001. */
  private ModelFolder otherBytes() throws Exception {
    Manifest manifest = Shelf.artifact(1).manifest();
    ArtifactBytes other =
        ArtifactBytes.of(
            new ModelArtifact(
                manifest.movedTo(
                    TestModels.ID,
                    "v000001",
                    manifest.provenance().broughtBy("from another plant")),
                Shelf.artifact(1).tensors()));
    ModelFolder made = new ModelFolder(folder.resolve("made"));
    made.write(other);
    return made;
  }

  private static PublishedArtifact bring(Shelf into, ModelFolder from) throws Exception {
    return new ModelImport(TestModels.ID, into.store(), into.ledger())
        .bring(from.read(MAX_BYTES, Optional.empty()));
  }

  private Manifest manifest(PublishedArtifact artifact) throws Exception {
    return shelf.store().load(artifact.uri(), artifact.sha256()).manifest();
  }
}
