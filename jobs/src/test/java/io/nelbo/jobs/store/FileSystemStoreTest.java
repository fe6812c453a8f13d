package io.nelbo.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.testing.BucketFileSystem;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.artifact.UnpublishedException;
import io.nelbo.model.detect.Detector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store on a file system of Flink that behaves like an object store. */
final class FileSystemStoreTest {
  private static final String MANIFEST = "nelbo/test/v000001/model.json";
  private static final String WEIGHTS = "nelbo/test/v000001/weights.safetensors";

  private String bucket;
  private Map<String, byte[]> objects;
  private ArtifactStore store;

  @BeforeEach
  void openStore() throws Exception {
    bucket = "b" + UUID.randomUUID();
    objects = BucketFileSystem.objects(bucket);
    store = ArtifactStores.open(config("").model());
  }

  @Test
  void whatIsPublishedIsScoredWithByTheJobs() throws Exception {
    PublishedArtifact published = store.publish(TestModels.numbered(1));

    assertThat(published.uri()).isEqualTo("bucket://" + bucket + "/nelbo/test/v000001/");
    assertThat(objects.keySet()).containsExactly(MANIFEST, WEIGHTS);
    try (Detector detector =
        ConfiguredModels.detectors(config("")).open(TestModels.activation(published, 0, 0))) {
      assertThat(detector.featureNames()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void theSameBytesHaveTheSameChecksumInEveryStore(@TempDir Path folder) throws Exception {
    PublishedArtifact local = new LocalArtifactStore(folder).publish(TestModels.numbered(1));

    assertThat(store.publish(TestModels.numbered(1)).sha256()).isEqualTo(local.sha256());
  }

  @Test
  void publishingTheSameTwiceGivesTheSameAndOtherBytesAreRefused() throws Exception {
    PublishedArtifact first = store.publish(TestModels.numbered(1));
    Manifest manifest = TestModels.numbered(1).manifest();
    ModelArtifact other =
        new ModelArtifact(
            manifest.movedTo("test", "v000001", manifest.provenance().broughtBy("another")),
            TestModels.numbered(1).tensors());

    PublishedArtifact second = store.publish(TestModels.numbered(1));

    assertThat(second).isEqualTo(first);
    assertThatThrownBy(() -> store.publish(other))
        .hasMessage(
            "bucket://%s/nelbo/test/v000001 exists with sha256 %s, not replaced by %s: versions are immutable"
                .formatted(bucket, first.sha256(), ArtifactBytes.of(other).sha256()));
  }

  @Test
  void whatAnotherPublishesMeanwhileIsNotWrittenOver() throws Exception {
    byte[] others = "{}".getBytes(StandardCharsets.UTF_8);
    BucketFileSystem.beforeRename(bucket, () -> objects.put(MANIFEST, others));

    assertThatThrownBy(() -> store.publish(TestModels.numbered(1)))
        .hasMessage(
            "bucket://%s/%s exists with other bytes and is not replaced"
                .formatted(bucket, MANIFEST));

    assertThat(objects.get(MANIFEST)).isEqualTo(others);
    assertThat(objects.keySet()).containsExactly(MANIFEST, WEIGHTS);
  }

  @Test
  void versionsAreListedOldestFirstAndCountedOn() throws Exception {
    assertThat(store.list("test")).isEmpty();
    assertThat(store.begun("test")).isEmpty();
    store.publish(TestModels.numbered(10));
    store.publish(TestModels.numbered(9));
    objects.put("nelbo/test/v000012/weights.safetensors", new byte[1]); // begun, never finished
    objects.put("nelbo/test/.retrain-lease", new byte[1]);

    assertThat(store.list("test"))
        .extracting(PublishedArtifact::version)
        .containsExactly("v000009", "v000010");
    assertThat(store.find("test", "v000012")).isEmpty();
    assertThat(store.begun("test")).extracting(ModelVersion::number).containsExactly(9L, 10L, 12L);
  }

  @Test
  void aManifestThatIsTooLargeOrAFolderIsPassedOverInTheList() throws Exception {
    PublishedArtifact sound = store.publish(TestModels.numbered(1));
    objects.put("nelbo/test/v000002/model.json", new byte[(1 << 20) + 1]);
    objects.put("nelbo/test/v000003/model.json/folder", new byte[1]);

    assertThat(ArtifactStores.open(config(", max-bytes: 1MiB").model()).list("test"))
        .containsExactly(sound);
    assertThat(store.begun("test")).extracting(ModelVersion::number).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aRemovedVersionLeavesNothingBehind() throws Exception {
    store.publish(TestModels.numbered(1));
    PublishedArtifact kept = store.publish(TestModels.numbered(2));

    store.remove("test", "v000001");
    store.remove("test", "v000001");

    assertThat(store.list("test")).containsExactly(kept);
    assertThat(objects.keySet()).allMatch(key -> key.startsWith("nelbo/test/v000002/"));
  }

  /** Full at the first byte, within the weights, between the files, within the manifest. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.999, 1, 1.001, 1.01})
  void aFullDiskLeavesNoHalfArtifact(double ofTheWeights) throws Exception {
    long weights = ArtifactBytes.of(TestModels.numbered(1)).weights().length;
    BucketFileSystem.leaveSpace(bucket, Math.round(weights * ofTheWeights));

    assertThatThrownBy(() -> store.publish(TestModels.numbered(1)))
        .isInstanceOf(UnpublishedException.class)
        .hasMessageStartingWith("test v000001 (")
        .hasMessageContaining(": no space left in " + bucket + "; nothing of it is to be seen");

    assertThat(store.list("test")).isEmpty();
    assertThat(store.find("test", "v000001")).isEmpty();
    BucketFileSystem.leaveSpace(bucket, Long.MAX_VALUE);
    PublishedArtifact again = store.publish(TestModels.numbered(1));
    assertThat(store.load(again.uri(), again.sha256())).isNotNull();
    assertThat(objects.keySet()).containsExactly(MANIFEST, WEIGHTS);
  }

  @Test
  void alteredMissingAndForeignObjectsAreRefusedForTheirReason() throws Exception {
    PublishedArtifact published = store.publish(TestModels.numbered(1));
    String uri = published.uri();
    String sha256 = published.sha256();
    byte[] weights = objects.getOrDefault(WEIGHTS, new byte[0]);
    byte[] altered = weights.clone();
    altered[altered.length - 1] ^= 1;

    objects.put(WEIGHTS, altered);
    assertRefused(uri, sha256, Reason.ALTERED);
    objects.put(WEIGHTS, Arrays.copyOf(weights, weights.length - 1));
    assertRefused(uri, sha256, Reason.TRUNCATED);
    objects.remove(WEIGHTS);
    assertRefused(uri, sha256, Reason.MISSING);
    objects.put(WEIGHTS, weights);
    objects.put(MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));
    assertRefused(uri, sha256, Reason.ALTERED);
    objects.remove(MANIFEST);
    assertRefused(uri, sha256, Reason.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bucket://other/nelbo/test/v000001/",
        "bucket://%s/nelbo-two/test/v000001/",
        "bucket://%s/nelbo/../nelbo/test/v000001/",
        "bucket://%s/nelbo/test/../v000001/",
        "bucket://%s/nelbo/test/v000001/more/",
        "bucket://%s/nelbo/test/v000001",
        "file:///nelbo/test/v000001/",
        "nelbo/test/v000001/"
      })
  void whatLiesElsewhereIsRefused(String uri) throws Exception {
    PublishedArtifact published = store.publish(TestModels.numbered(1));

    assertRefused(uri.formatted(bucket), published.sha256(), Reason.FOREIGN_PATH)
        .hasMessage(
            "artifact uri %s must be bucket://%s/nelbo/<model id>/<version>/"
                .formatted(uri.formatted(bucket), bucket));
  }

  @Test
  void anArtifactInThePlaceOfAnotherIsRefused() throws Exception {
    PublishedArtifact published = store.publish(TestModels.numbered(1));
    for (String name : List.of("model.json", "weights.safetensors")) {
      objects.put(
          "nelbo/test/v000002/" + name,
          objects.getOrDefault("nelbo/test/v000001/" + name, new byte[0]));
    }

    assertRefused(
        published.uri().replace("v000001", "v000002"), published.sha256(), Reason.INVALID);
  }

  @Test
  void whatIsTooLargeIsNeitherPublishedNorFetched() throws Exception {
    PublishedArtifact published = store.publish(TestModels.numbered(1));
    ArtifactStore small = ArtifactStores.open(config(", max-bytes: 1KiB").model());

    assertThatThrownBy(() -> small.load(published.uri(), published.sha256()))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThatThrownBy(() -> small.publish(TestModels.numbered(2)))
        .isInstanceOfSatisfying(
            ArtifactException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void aSchemeThatFlinkDoesNotKnowIsToldWithTheWayOut() {
    NelboConfig config =
        TestConfig.of("model: {id: test, store: 'gopher://hole/nelbo', device: cpu}");

    assertThatThrownBy(() -> ArtifactStores.open(config.model()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "model.store gopher://hole/nelbo: Flink has no file system for 'gopher'; put its"
                + " plug-in, such as flink-s3-fs-hadoop, into a folder of its own in Flink's"
                + " plugins/ (FLINK_PLUGINS_DIR)");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String uri, String sha256, Reason reason) {
    return assertThatThrownBy(() -> store.load(uri, sha256))
        .isInstanceOfSatisfying(
            ArtifactException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private NelboConfig config(String more) {
    return TestConfig.of(
        "model: {id: test, store: 'bucket://%s/nelbo', device: cpu%s}".formatted(bucket, more));
  }
}
