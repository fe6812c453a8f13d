package io.nelbo.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.NextVersion;
import io.nelbo.jobs.models.RetainingStore;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.S3Server;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.detect.Detector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The store on S3: a server that speaks HTTP, and Flink's own plug-in, loaded as a cluster does.
 */
final class S3StoreIT {
  private static final Path PLUGINS = Path.of("target", "plugins");
  private static final String MANIFEST = "nelbo/test/v000001/model.json";
  private static final String WEIGHTS = "nelbo/test/v000001/weights.safetensors";

  private static S3Server server;

  private String bucket;
  private ArtifactStore store;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start();
    Configuration settings = server.flinkSettings();
    FileSystem.initialize(
        settings,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(PLUGINS).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(settings)));
  }

  @AfterAll
  static void stopServer() throws Exception {
    FileSystem.initialize(new Configuration(), null);
    server.close();
  }

  @BeforeEach
  void openStore() throws Exception {
    bucket = "b" + UUID.randomUUID();
    server.createBucket(bucket);
    store = ArtifactStores.open(config("").model());
  }

  @Test
  void whatIsPublishedIsListedAndScoredWithByTheJobs() throws Exception {
    assertThat(store.list("test")).isEmpty();

    PublishedArtifact second = store.publish(TestModels.numbered(2));
    PublishedArtifact first = store.publish(TestModels.numbered(1));

    assertThat(first.uri()).isEqualTo("s3://" + bucket + "/nelbo/test/v000001/");
    assertThat(store.list("test")).containsExactly(first, second);
    assertThat(NextVersion.of("test", store, List.of())).isEqualTo(3);
    assertThat(server.keys(bucket)).contains(MANIFEST, WEIGHTS).hasSize(4);
    try (Detector detector =
        ConfiguredModels.detectors(config("")).open(TestModels.activation(first, 0, 0))) {
      assertThat(detector.featureNames()).containsExactly("a", "b", "c");
    }
  }

  /** The server fails on the first file, or on the second. */
  @ParameterizedTest
  @ValueSource(strings = {WEIGHTS, MANIFEST})
  void aHalfPublishedArtifactIsInvisibleAndFinishedByTheNextTry(String key) throws Exception {
    server.refuseToWrite(key, true);

    assertThatThrownBy(() -> store.publish(TestModels.numbered(1))).isInstanceOf(IOException.class);

    assertThat(server.keys(bucket)).doesNotContain(MANIFEST);
    assertThat(store.list("test")).isEmpty();
    assertThat(store.find("test", "v000001")).isEmpty();
    server.refuseToWrite(key, false);
    PublishedArtifact again = store.publish(TestModels.numbered(1));
    assertThat(store.load(again.uri(), again.sha256())).isNotNull();
    assertThat(server.keys(bucket)).containsExactly(MANIFEST, WEIGHTS);
  }

  @Test
  void aPublisherThatWasKilledBetweenTheFilesLeavesNothingThatMatters() throws Exception {
    ArtifactBytes bytes = ArtifactBytes.of(TestModels.numbered(1));
    server.put(bucket, WEIGHTS, bytes.weights());
    server.put(bucket, "nelbo/test/v000001/.writing-killed", bytes.manifest());

    assertThat(store.list("test")).isEmpty();
    assertThat(store.find("test", "v000001")).isEmpty();

    assertThat(NextVersion.of("test", store, List.of()))
        .as("its number is not given twice")
        .isEqualTo(2);
    assertThat(store.publish(TestModels.numbered(1)).sha256()).isEqualTo(bytes.sha256());
  }

  @Test
  void eightThatPublishTheSameAtOncePublishItOnce() throws Exception {
    int publishers = 8;
    ModelArtifact artifact = TestModels.numbered(1);
    CyclicBarrier together = new CyclicBarrier(publishers);
    List<Future<PublishedArtifact>> published = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(publishers);
    try {
      for (int i = 0; i < publishers; i++) {
        published.add(
            threads.submit(
                () -> {
                  together.await();
                  return store.publish(artifact);
                }));
      }

      for (Future<PublishedArtifact> one : published) {
        assertThat(one.get().sha256()).isEqualTo(ArtifactBytes.of(artifact).sha256());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.find("test", "v000001")).contains(published.get(0).get());
    assertThat(server.keys(bucket)).containsExactly(MANIFEST, WEIGHTS);
  }

  @Test
  void otherBytesNeverTakeThePlaceOfAPublishedVersion() throws Exception {
    PublishedArtifact first = store.publish(TestModels.numbered(1));
    Manifest manifest = TestModels.numbered(1).manifest();
    ModelArtifact other =
        new ModelArtifact(
            manifest.movedTo("test", "v000001", manifest.provenance().broughtBy("another")),
            TestModels.numbered(1).tensors());

    assertThatThrownBy(() -> store.publish(other))
        .hasMessage(
            "s3://%s/nelbo/test/v000001 exists with sha256 %s, not replaced by %s: versions are immutable"
                .formatted(bucket, first.sha256(), ArtifactBytes.of(other).sha256()));

    assertThat(store.load(first.uri(), first.sha256())).isNotNull();
  }

  @Test
  void oldVersionsLeaveTheBucketWhenANewOneComes() throws Exception {
    List<ModelNotice> topic = new ArrayList<>();
    for (int version = 1; version <= 8; version++) {
      topic.add(
          TestModels.activation(
              store.publish(TestModels.numbered(version)), version, 100L * version));
    }
    RetainingStore retaining =
        new RetainingStore(
            store,
            config(", keep: 1"),
            () -> topic,
            () -> OptionalLong.of(Instant.parse("2100-01-01T00:00:00Z").toEpochMilli()));

    retaining.publish(TestModels.numbered(9));

    assertThat(store.list("test"))
        .extracting(PublishedArtifact::version)
        .as("the incumbent, the five before it, and the new one")
        .containsExactly(
            "v000003", "v000004", "v000005", "v000006", "v000007", "v000008", "v000009");
    assertThat(server.keys(bucket)).hasSize(7 * 2).noneMatch(key -> key.contains("v000001"));
  }

  @Test
  void aLeaseKeepsTheSecondJobOffUntilItIsGivenBack() throws Exception {
    StoreLease first = lease("one", () -> {});
    first.take();
    first.renew(); // over what is there
    StoreLease second = lease("two", first::renew);

    assertThatThrownBy(second::take)
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith(
            "model test in s3://%s/nelbo is retrained by another job, one on host"
                .formatted(bucket));

    first.release();
    second.take();
    assertThat(server.keys(bucket)).containsExactly("nelbo/test/.retrain-lease");
    second.release();
    assertThat(server.keys(bucket)).doesNotContain("nelbo/test/.retrain-lease");
  }

  private interface Meanwhile {
    void happen() throws IOException;
  }

  private long clock = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();

  private StoreLease lease(String owner, Meanwhile meanwhile) throws IOException {
    return new StoreLease(
        config("").model(),
        owner,
        owner,
        "host",
        () -> clock,
        pause -> {
          clock += pause.toMillis();
          try {
            meanwhile.happen();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private NelboConfig config(String more) {
    return TestConfig.of(
        "model: {id: test, store: 's3://%s/nelbo', device: cpu%s}".formatted(bucket, more));
  }
}
