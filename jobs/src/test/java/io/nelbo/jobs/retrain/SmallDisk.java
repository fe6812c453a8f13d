package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.FAILED;
import static io.nelbo.schemas.ModelEventKind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.artifact.UnpublishedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The main class of a process whose only small disk is full now and then. */
final class SmallDisk {
  /** Said in the end. */
  static final String PASSED = "every slide has its decision";

  /** Both kinds of stores. */
  enum Kind {
    DIRECTORY("%s"),
    FILE_SYSTEM("file://%s");

    private final String store;

    Kind(String store) {
      this.store = store;
    }

    ModelConfig model(Path folder) {
      return TestConfig.of("model: {id: test, store: '%s'}".formatted(store.formatted(folder)))
          .model();
    }
  }

  private static final long STEP = 1_000;
  private static final int PAGE = 4_096;

  private final Path ballast;
  private final ModelConfig model;
  private final ArtifactStore store;
  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  private SmallDisk(Path disk, Kind kind) throws IOException {
    ballast = disk.resolve("ballast");
    model = kind.model(Files.createDirectory(disk.resolve("store")));
    store = ArtifactStores.open(model);
  }

  /** Takes the disk and the kind of store. */
  public static void main(String[] arguments) throws Exception {
    new SmallDisk(Path.of(arguments[0]), Kind.valueOf(arguments[1])).test();
    System.out.println(PASSED);
    System.exit(0);
  }

  private void test() throws Exception {
    ModelConfig own = model;
    try (RetrainHarness retrain =
        RetrainHarness.openOn(ballast.resolveSibling("store"), () -> ArtifactStores.open(own))) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      List<PublishedArtifact> first = store.list("test");
      leaveRoom(2 * PAGE);

      sendUntil(retrain, 2 * SLIDE);
      List<PublishedArtifact> whenFull = store.list("test");
      Optional<PublishedArtifact> second = store.find("test", "v000002");
      Files.delete(ballast);
      sendUntil(retrain, 3 * SLIDE);

      assertThat(retrain.kinds().subList(0, 2)).containsExactly(ACTIVATED, FAILED);
      assertThat(retrain.decisions().get(1).reason())
          .matches(
              "test v000002 \\(\\d+ bytes\\) could not be written to .*store: .*No space left on"
                  + " device.*; nothing of it is to be seen there. See that there is room \\(a"
                  + " lower model.keep needs less\\) and that it may be written to, then try"
                  + " again; retrain does so at the end of the next slide");
      assertThat(first).hasSize(1);
      assertThat(whenFull).isEqualTo(first);
      assertThat(second).isEmpty();
      assertThat(retrain.kinds()).hasSize(3);
      assertThat(retrain.last().kind()).isIn(ACTIVATED, REJECTED);
      assertThat(store.load(retrain.last().uri(), retrain.last().sha256())).isNotNull();
      assertThat(store.list("test")).hasSize(2);
    }
    whateverTheRoomIsNothingHalfIsSeen();
  }

  /** From none at all to just enough, page by page. */
  private void whateverTheRoomIsNothingHalfIsSeen() throws Exception {
    List<PublishedArtifact> before = store.list("test");
    ModelArtifact artifact = store.load(before.get(0).uri(), before.get(0).sha256());
    Manifest manifest = artifact.manifest();
    boolean written = false;
    int refused = 0;
    for (int pages = 0; !written; pages++) {
      String version = new ModelVersion(100 + pages).toString();
      ModelArtifact moved =
          new ModelArtifact(
              manifest.movedTo("test", version, manifest.provenance()), artifact.tensors());
      leaveRoom((long) pages * PAGE);
      try {
        store.publish(moved);
        written = true;
      } catch (UnpublishedException full) {
        assertThat(store.list("test")).isEqualTo(before);
        assertThat(store.find("test", version)).isEmpty();
        refused++;
      }
      Files.delete(ballast);
      if (!written) {
        store.remove("test", version); // what was begun of it must not take the next one's room
      }
    }
    assertThat(refused).isGreaterThan(2);
    assertThat(store.list("test")).hasSize(before.size() + 1);
    PublishedArtifact last = store.list("test").get(before.size());
    assertThat(store.load(last.uri(), last.sha256()).tensors()).hasSameSizeAs(artifact.tensors());
  }

  /** Fills the disk but for so many bytes. */
  private void leaveRoom(long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      byte[] page = new byte[PAGE];
      assertThatThrownBy(
              () -> {
                while (true) {
                  file.write(page);
                }
              })
          .hasMessage("No space left on device");
      file.setLength(file.length() - bytes);
    }
  }

  private void sendUntil(RetrainHarness retrain, long end) throws Exception {
    for (; time <= end; time += STEP) {
      retrain.send("s", time, sensors.normal());
    }
    retrain.watermark(end);
    retrain.settle();
  }
}
