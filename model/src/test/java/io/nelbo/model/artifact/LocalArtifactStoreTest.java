package io.nelbo.model.artifact;

import static io.nelbo.model.artifact.Artifacts.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalArtifactStoreTest {
  @TempDir Path folder;

  private Path root;
  private LocalArtifactStore store;

  @BeforeEach
  void openStore() {
    root = folder.resolve("store");
    store = new LocalArtifactStore(root);
  }

  @Test
  void whatIsPublishedIsLoadedTheSame() throws Exception {
    ModelArtifact artifact = artifact("demo", "v000001", 1);

    PublishedArtifact published = store.publish(artifact);

    ModelArtifact loaded = store.load(published.uri(), published.sha256());
    assertThat(loaded.manifest()).usingRecursiveComparison().isEqualTo(artifact.manifest());
    assertThat(loaded.tensors()).usingRecursiveComparison().isEqualTo(artifact.tensors());
    assertThat(published.uri()).startsWith("file:").endsWith("/store/demo/v000001/");
    try (Stream<Path> files = Files.list(root.resolve("demo/v000001"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.json", "weights.safetensors");
    }
  }

  @Test
  void publishingTheSameTwiceGivesTheSameArtifact() throws Exception {
    PublishedArtifact first = store.publish(artifact("demo", "v000001", 1));

    PublishedArtifact second = store.publish(artifact("demo", "v000001", 1));

    assertThat(second).isEqualTo(first);
    assertThat(store.list("demo")).containsExactly(first);
  }

  @Test
  void aVersionIsNeverReplacedByOtherBytes() throws Exception {
    PublishedArtifact first = store.publish(artifact("demo", "v000001", 1));
    PublishedArtifact elsewhere =
        new LocalArtifactStore(folder.resolve("other")).publish(artifact("demo", "v000001", 2));

    assertThatThrownBy(() -> store.publish(artifact("demo", "v000001", 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(first.sha256(), elsewhere.sha256(), "immutable");
    assertThat(store.find("demo", "v000001")).contains(first);
  }

  @Test
  void versionsAreListedOldestFirstAndLeftoversAreNot() throws Exception {
    store.publish(artifact("demo", "v1000000", 1));
    store.publish(artifact("demo", "v000009", 1));
    store.publish(artifact("demo", "v000010", 1));
    store.publish(artifact("other", "v000011", 1));
    Files.createDirectories(root.resolve("demo/.publishing-v000012-x"));

    assertThat(store.list("demo"))
        .extracting(PublishedArtifact::version)
        .containsExactly("v000009", "v000010", "v1000000");
    assertThat(store.list("unknown")).isEmpty();
    assertThat(store.find("demo", "v000012")).isEmpty();
  }

  @Test
  void aRemovedVersionIsGoneAtOnceAndTheOthersStay() throws Exception {
    PublishedArtifact removed = store.publish(artifact("demo", "v000001", 1));
    PublishedArtifact kept = store.publish(artifact("demo", "v000002", 1));

    store.remove("demo", "v000001");
    store.remove("demo", "v000001"); // what is gone is no failure

    assertThat(store.list("demo")).containsExactly(kept);
    assertThat(store.begun("demo")).containsExactly(new ModelVersion(2));
    assertRefused(removed, Reason.MISSING);
    try (Stream<Path> files = Files.list(root.resolve("demo"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theBytesOfAnArtifactCanBePublishedElsewhereWithTheSameChecksum() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    LocalArtifactStore other = new LocalArtifactStore(folder.resolve("other"));

    PublishedArtifact copy = other.publish(store.read(published.uri(), published.sha256()));

    assertThat(copy.sha256()).isEqualTo(published.sha256());
    assertThat(other.load(copy.uri(), copy.sha256()).manifest())
        .usingRecursiveComparison()
        .isEqualTo(artifact("demo", "v000001", 1).manifest());
  }

  @Test
  void manyPublishersOfOneVersionAgree() throws Exception {
    ExecutorService publishers = Executors.newFixedThreadPool(8);
    List<Callable<PublishedArtifact>> tasks = new ArrayList<>();
    for (int task = 0; task < 32; task++) {
      tasks.add(() -> new LocalArtifactStore(root).publish(artifact("demo", "v000001", 1)));
    }

    List<Future<PublishedArtifact>> published = publishers.invokeAll(tasks);
    publishers.shutdown();

    PublishedArtifact found = store.find("demo", "v000001").orElseThrow();
    for (Future<PublishedArtifact> future : published) {
      assertThat(future.get()).isEqualTo(found);
    }
    try (Stream<Path> files = Files.list(root.resolve("demo"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void leftoversAreSweptWhenOlderThanAnHour() throws Exception {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    Path old = leftover("old", now.minus(Duration.ofMinutes(61)));
    Path young = leftover("young", now.minus(Duration.ofMinutes(59)));
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);

    new LocalArtifactStore(root, 1 << 20, clock).publish(artifact("demo", "v000001", 1));

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void alteredBytesAreRefused() throws Exception {
    PublishedArtifact manifest = store.publish(artifact("demo", "v000001", 1));
    PublishedArtifact weights = store.publish(artifact("demo", "v000002", 1));
    flipLastByte(root.resolve("demo/v000001/model.json"));
    flipLastByte(root.resolve("demo/v000002/weights.safetensors"));

    assertRefused(manifest, Reason.ALTERED)
        .hasMessageContainingAll("model.json has sha256", "expected " + manifest.sha256());
    assertRefused(weights, Reason.ALTERED)
        .hasMessageContainingAll("weights.safetensors has sha256", "expected");
    assertThat(store.find("demo", "v000002")).isEmpty();
  }

  @Test
  void truncatedWeightsAreRefused() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    Path weights = root.resolve("demo/v000001/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));

    assertRefused(published, Reason.TRUNCATED)
        .hasMessageContaining("has %s bytes, expected %s", bytes.length - 1, bytes.length);
  }

  @Test
  void missingFilesAndFoldersAreRefused() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    Files.delete(root.resolve("demo/v000001/weights.safetensors"));

    assertRefused(published, Reason.MISSING)
        .hasMessageEndingWith("weights.safetensors does not exist");
    assertRefused(root.resolve("demo/v000002").toUri().toString(), Reason.MISSING);
  }

  @Test
  void aStoreThatIsNotMountedYetIsNoVerdictOnItsArtifacts() {
    LocalArtifactStore unmounted = new LocalArtifactStore(folder.resolve("nowhere"));
    String uri = folder.resolve("nowhere/demo/v000001").toUri().toString();

    assertThatThrownBy(() -> unmounted.load(uri, "0".repeat(64)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ArtifactException.class)
        .hasMessage("store %s is not reachable", folder.resolve("nowhere"));
  }

  @Test
  void anArtifactLargerThanTheCapIsNeitherLoadedNorPublished() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    LocalArtifactStore narrow = new LocalArtifactStore(root, 100);

    assertRefused(narrow, published.uri(), Reason.TOO_LARGE);
    assertThatThrownBy(() -> narrow.publish(artifact("demo", "v000002", 1)))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void theCapCountsBothFiles() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    long manifest = Files.size(root.resolve("demo/v000001/model.json"));
    long weights = Files.size(root.resolve("demo/v000001/weights.safetensors"));

    LocalArtifactStore exact = new LocalArtifactStore(root, manifest + weights);
    LocalArtifactStore narrow = new LocalArtifactStore(root, manifest + weights - 1);

    assertThat(exact.load(published.uri(), published.sha256())).isNotNull();
    assertThatThrownBy(() -> narrow.load(published.uri(), published.sha256()))
        .hasMessageContaining("weights.safetensors has %s bytes", weights)
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/",
        "file:/etc/",
        "file://elsewhere/store/demo/v000001",
        "file:ROOT/../outside/v000001",
        "file:ROOT/demo/%2e%2e/%2e%2e/outside/v000001",
        "file:ROOT-beside/demo/v000001",
        "file:ROOT/demo/v000001?x=1",
        "file:ROOT/demo/v0000%0001",
        "http://example.org/demo/v000001",
        "s3:ROOT/demo/v000001",
        "not a uri"
      })
  void pathsOutsideOfTheStoreAreForeign(String uri) {
    assertRefused(uri.replace("ROOT", root.toString()), Reason.FOREIGN_PATH);
  }

  @Test
  void symbolicLinksDoNotLeadOut() throws Exception {
    LocalArtifactStore other = new LocalArtifactStore(folder.resolve("other"));
    PublishedArtifact outside = other.publish(artifact("demo", "v000001", 1));
    PublishedArtifact inside = store.publish(artifact("demo", "v000002", 1));
    Path outsideFolder = folder.resolve("other/demo/v000001");
    Files.createSymbolicLink(root.resolve("demo/v000001"), outsideFolder);
    Path weights = root.resolve("demo/v000002/weights.safetensors");
    Files.delete(weights);
    Files.createSymbolicLink(weights, outsideFolder.resolve("weights.safetensors"));

    assertThatThrownBy(
            () -> store.load(root.resolve("demo/v000001").toUri().toString(), outside.sha256()))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_PATH));
    assertRefused(inside, Reason.FOREIGN_PATH);
  }

  @Test
  void aStoreMayItselfBeReachedByALink() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    LocalArtifactStore linked = new LocalArtifactStore(link);

    PublishedArtifact found = linked.find("demo", "v000001").orElseThrow();

    assertThat(found.sha256()).isEqualTo(published.sha256());
    assertThat(linked.load(found.uri(), found.sha256())).isNotNull();
  }

  @Test
  void anArtifactThatWasMovedToAnotherVersionIsRefused() throws Exception {
    PublishedArtifact published = store.publish(artifact("demo", "v000001", 1));
    Files.move(root.resolve("demo/v000001"), root.resolve("demo/v000002"));

    assertThatThrownBy(
            () -> store.load(root.resolve("demo/v000002").toUri().toString(), published.sha256()))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
        .hasMessageContaining("holds the manifest of demo/v000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "Demo", "a/b", "-demo", "demo-", "d\u00e9mo", "a b"})
  void modelIdsAreLowerCaseWordsWithDashes(String modelId) {
    assertThatThrownBy(() -> store.find(modelId, "v000001"))
        .hasMessage(
            "modelId must be 1 to 100 lower-case letters, digits and inner dashes, got " + modelId);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(PublishedArtifact published, Reason reason) {
    return assertThatThrownBy(() -> store.load(published.uri(), published.sha256()))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private void assertRefused(String uri, Reason reason) {
    assertRefused(store, uri, reason);
  }

  private static void assertRefused(LocalArtifactStore store, String uri, Reason reason) {
    assertThatThrownBy(() -> store.load(uri, "0".repeat(64)))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private Path leftover(String name, Instant modified) throws IOException {
    Path leftover = root.resolve("demo/.publishing-v000001-" + name);
    Files.createDirectories(leftover);
    Files.writeString(leftover.resolve("model.json"), "{");
    Files.setLastModifiedTime(leftover, FileTime.from(modified));
    return leftover;
  }

  private static void flipLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }
}
