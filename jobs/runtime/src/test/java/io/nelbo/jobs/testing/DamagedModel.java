package io.nelbo.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelLabel;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Everything that may be wrong with a real model of window length 1 that is announced. */
public enum DamagedModel {
  ALTERED_WEIGHTS("v000102", Reason.ALTERED, "weights.safetensors has sha256 "),
  ALTERED_MANIFEST("v000103", Reason.ALTERED, "model.json has sha256 "),
  OUTSIDE_OF_THE_STORE("v000104", Reason.FOREIGN_PATH, "must lie under "),
  CLIMBING_OUT("v000105", Reason.FOREIGN_PATH, "must not climb with .."),
  LINKED_OUT("v000106", Reason.FOREIGN_PATH, ", outside of the store "),
  OTHER_FEATURES(
      "v000107",
      Reason.WRONG_FEATURES,
      "artifact has features [a, c, b], the configuration has [a, b, c]"),
  OTHER_WINDOW(
      "v000108",
      Reason.WRONG_FEATURES,
      "artifact has windows of 2 records, the configuration has window.length 1"),
  FUTURE_FORMAT(
      "v000109",
      Reason.UNKNOWN_FORMAT,
      "model.json: formatVersion is 5, this program reads up to 4: update it"),
  WITH_CONTEXT(
      "v000110", Reason.WRONG_FEATURES, "artifact has context [load], the configuration has []"),
  CUT_WEIGHTS("v000111", Reason.TRUNCATED, "weights.safetensors has 100 bytes, expected "),
  CUT_MANIFEST("v000112", Reason.ALTERED, "model.json has sha256 "),
  TOO_LARGE("v000113", Reason.TOO_LARGE, "weights.safetensors has 1099511627776 bytes, allowed");

  private static final List<String> FEATURES = List.of("a", "b", "c");

  private final String version;
  private final Reason reason;
  private final String message;

  DamagedModel(String version, Reason reason, String message) {
    this.version = version;
    this.reason = reason;
    this.message = message;
  }

  /** Why it has to be refused. */
  public Reason reason() {
    return reason;
  }

  /** A part of what is said of it: thing, value and rule. */
  public String message() {
    return message;
  }

  /** A version of its own for each. */
  public String version() {
    return version;
  }

  /**
   * Publishes the model, damages it, and says what would be announced.
   *
   * @param folder holds {@code store}; whatever lies beside that is foreign
   */
  public ModelNotice announced(Path folder, long offset, long effectiveFromMillis)
      throws IOException {
    return TestModels.activation(damaged(folder), offset, effectiveFromMillis);
  }

  private PublishedArtifact damaged(Path folder) throws IOException {
    Path store = folder.resolve("store");
    Path foreign = folder.resolve("foreign");
    return switch (this) {
      case ALTERED_WEIGHTS -> {
        PublishedArtifact altered = published(store, FEATURES, 1);
        Path weights = folderOf(altered).resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        yield altered;
      }
      case ALTERED_MANIFEST -> {
        PublishedArtifact altered = published(store, FEATURES, 1);
        rewrite(altered, "\"trigger\": \"first\"", "\"trigger\": \"other\"");
        yield altered;
      }
      case OUTSIDE_OF_THE_STORE -> published(foreign, FEATURES, 1);
      case CLIMBING_OUT -> {
        PublishedArtifact outside = published(foreign, FEATURES, 1);
        yield at(store.toUri() + "/../foreign/test/" + version() + "/", outside.sha256());
      }
      case LINKED_OUT -> {
        PublishedArtifact outside = published(foreign, FEATURES, 1);
        Path link = Files.createDirectories(store.resolve("test")).resolve(version());
        Files.createSymbolicLink(link, folderOf(outside));
        yield at(link.toUri().toString(), outside.sha256());
      }
      case CUT_WEIGHTS -> withLength("weights.safetensors", 100, store);
      case CUT_MANIFEST -> withLength("model.json", 100, store);
      case TOO_LARGE -> withLength("weights.safetensors", 1L << 40, store); // a hole, no bytes
      case OTHER_FEATURES -> published(store, List.of("a", "c", "b"), 1);
      case WITH_CONTEXT -> published(store, FEATURES, List.of("load"), 1);
      case OTHER_WINDOW -> published(store, FEATURES, 2);
      case FUTURE_FORMAT -> {
        PublishedArtifact future = published(store, FEATURES, 1);
        byte[] manifest = rewrite(future, "\"formatVersion\": 2", "\"formatVersion\": 5");
        yield at(future.uri(), sha256(manifest));
      }
    };
  }

  private PublishedArtifact withLength(String name, long bytes, Path store) throws IOException {
    PublishedArtifact artifact = published(store, FEATURES, 1);
    Path file = folderOf(artifact).resolve(name);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(bytes);
    }
    return artifact;
  }

  private PublishedArtifact at(String uri, String sha256) {
    return new PublishedArtifact(TestModels.ID, version(), uri, sha256);
  }

  private PublishedArtifact published(Path store, List<String> features, int windowLength)
      throws IOException {
    return published(store, features, List.of(), windowLength);
  }

  private PublishedArtifact published(
      Path store, List<String> features, List<String> context, int windowLength)
      throws IOException {
    ModelArtifact real = TestModels.artifact(1, 1);
    Manifest manifest = real.manifest();
    return new LocalArtifactStore(store)
        .publish(
            new ModelArtifact(
                new Manifest(
                    new ModelLabel(
                        manifest.formatVersion(), manifest.modelId(), version(), manifest.family()),
                    new WindowShape(windowLength, new RecordColumns(features, context, List.of())),
                    manifest.network(),
                    Scaler.identity(features.size() + context.size(), List.of()),
                    Optional.of(
                        new FeatureLosses(
                            new double[features.size()], new double[features.size()])),
                    manifest.calibration(),
                    manifest.provenance(),
                    manifest.figures()),
                real.tensors()));
  }

  private static byte[] rewrite(PublishedArtifact artifact, String found, String replacement)
      throws IOException {
    Path file = folderOf(artifact).resolve("model.json");
    String text = Files.readString(file);
    if (!text.contains(found)) {
      throw new IllegalStateException(file + " has no " + found);
    }
    byte[] bytes = text.replace(found, replacement).getBytes(UTF_8);
    Files.write(file, bytes);
    return bytes;
  }

  private static Path folderOf(PublishedArtifact artifact) {
    return Path.of(URI.create(artifact.uri()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
