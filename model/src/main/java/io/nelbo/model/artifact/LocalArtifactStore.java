package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of this machine, or one that is mounted: {@code <root>/<model
 * id>/v000042/}. Several processes may use it at once.
 */
public final class LocalArtifactStore implements ArtifactStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalArtifactStore.class);
  private static final long DEFAULT_MAX_BYTES = 256L << 20;
  private static final long LARGEST_MAX_BYTES = Integer.MAX_VALUE - 8L; // one Java array

  private final Path root;
  private final long maxBytes;
  private final Clock clock;

  /** Root under which every artifact must lie; artifacts of at most 256 MiB. */
  public LocalArtifactStore(Path root) {
    this(root, DEFAULT_MAX_BYTES);
  }

  /**
   * A store with its own cap.
   *
   * @param maxBytes largest artifact that is published or loaded, both files together
   */
  public LocalArtifactStore(Path root, long maxBytes) {
    this(root, maxBytes, Clock.systemUTC());
  }

  /**
   * A store with its own clock.
   *
   * @param clock tells which leftovers of broken publications are old enough to sweep
   */
  public LocalArtifactStore(Path root, long maxBytes, Clock clock) {
    requireArgument(
        maxBytes > 0 && maxBytes <= LARGEST_MAX_BYTES,
        "maxBytes must lie in 1..%s, got %s",
        LARGEST_MAX_BYTES,
        maxBytes);
    this.root = root.toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  @Override
  public PublishedArtifact publish(ArtifactBytes artifact) throws IOException {
    artifact.requireAtMost(maxBytes);
    Manifest manifest = artifact.artifact().manifest();
    Path target = folderOf(manifest.modelId(), manifest.version());
    String sha256 = artifact.sha256();
    if (!Files.exists(target)) {
      PublishingFolder folder = new PublishingFolder(target, clock);
      folder.sweepLeftovers();
      try {
        folder.publish(artifact.manifest(), artifact.weights());
        return published(manifest.modelId(), manifest.version(), sha256);
      } catch (FileSystemException e) {
        if (!Files.exists(target)) {
          throw new UnpublishedException(artifact, root.toString(), e);
        }
        LOG.info("another process published {} first", target);
      } catch (IOException e) {
        throw new UnpublishedException(artifact, root.toString(), e);
      }
    }
    String found = folder(target).manifestSha256();
    if (!found.equals(sha256)) {
      throw new IOException(
          String.format(
              "%s exists with sha256 %s, not replaced by %s: versions are immutable",
              target, found, sha256));
    }
    return published(manifest.modelId(), manifest.version(), sha256);
  }

  @Override
  public ArtifactBytes read(String uri, String sha256) throws IOException {
    return read(locate(uri), sha256);
  }

  private ArtifactBytes read(Path target, String sha256) throws IOException {
    ArtifactBytes artifact = folder(target).read(sha256);
    Manifest manifest = artifact.artifact().manifest();
    Path place = Path.of(manifest.modelId(), manifest.version());
    if (!target.toRealPath().endsWith(place)) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format("%s holds the manifest of %s, expected its own", target, place));
    }
    return artifact;
  }

  @Override
  public Optional<PublishedArtifact> find(String modelId, String version) throws IOException {
    Path target = folderOf(modelId, version);
    if (!Files.exists(target)) {
      return Optional.empty();
    }
    try {
      String sha256 = folder(target).manifestSha256();
      read(target, sha256);
      return Optional.of(published(modelId, version, sha256));
    } catch (ArtifactException e) {
      LOG.warn("{} is not a valid artifact ({}): {}", target, e.reason(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Versions of a model, oldest first; the weights are verified by loading, not here. */
  @Override
  public List<PublishedArtifact> list(String modelId) throws IOException {
    List<PublishedArtifact> artifacts = new ArrayList<>();
    for (ModelVersion version : begun(modelId)) {
      Path target = folderOf(modelId, version.toString());
      try {
        artifacts.add(published(modelId, version.toString(), folder(target).manifestSha256()));
      } catch (ArtifactException damaged) {
        LOG.warn("{} is passed over: {}", target, damaged.getMessage());
      }
    }
    return artifacts;
  }

  @Override
  public void remove(String modelId, String version) throws IOException {
    new PublishingFolder(folderOf(modelId, version), clock).remove();
  }

  @Override
  public List<ModelVersion> begun(String modelId) throws IOException {
    Manifest.requireModelId(modelId);
    Path folder = root.resolve(modelId);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(ModelVersion::isValid)
          .map(ModelVersion::parse)
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private Path folderOf(String modelId, String version) {
    Manifest.requireModelId(modelId);
    return root.resolve(modelId).resolve(ModelVersion.parse(version).toString());
  }

  private PublishedArtifact published(String modelId, String version, String sha256) {
    String uri = folderOf(modelId, version).toUri().toString();
    return new PublishedArtifact(modelId, version, uri.endsWith("/") ? uri : uri + "/", sha256);
  }

  private ArtifactReader folder(Path target) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("store " + root + " is not reachable"); // a mount may be late
    }
    if (Files.notExists(target)) {
      throw new ArtifactException(Reason.MISSING, target + " is not a folder");
    }
    Path realRoot = root.toRealPath();
    Path real = target.toRealPath();
    if (!real.startsWith(realRoot)) {
      throw new ArtifactException(
          Reason.FOREIGN_PATH,
          String.format("%s leads to %s, outside of the store %s", target, real, realRoot));
    }
    return new ArtifactReader(new ArtifactFolder(realRoot, real), maxBytes);
  }

  private Path locate(String text) throws ArtifactException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw foreign(text, "is not a URI");
    }
    if (!"file".equalsIgnoreCase(uri.getScheme())) {
      throw foreign(text, "must start with file:");
    }
    String path = uri.getPath();
    if (path == null || uri.getAuthority() != null || uri.getQuery() != null) {
      throw foreign(text, "must be a plain path of this machine");
    }
    if (List.of(path.split("/", -1)).contains("..")) {
      throw foreign(text, "must not climb with ..");
    }
    Path folder = pathOf(text, path).normalize();
    if (!folder.startsWith(root)) {
      throw foreign(text, "must lie under " + root);
    }
    return folder;
  }

  private static Path pathOf(String uri, String path) throws ArtifactException {
    try {
      return Paths.get(path);
    } catch (InvalidPathException e) {
      throw foreign(uri, "is not a path: " + e.getReason());
    }
  }

  private static ArtifactException foreign(String uri, String rule) {
    return new ArtifactException(Reason.FOREIGN_PATH, "artifact uri " + uri + " " + rule);
  }
}
