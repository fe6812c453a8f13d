package io.nelbo.jobs.store;

import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.ArtifactFiles;
import io.nelbo.model.artifact.ArtifactReader;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.artifact.UnpublishedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on any Flink file system: {@code <root>/<model id>/v000042/}. Object stores rename no
 * folders, so the manifest is written last: without it, a version is not there.
 */
final class FileSystemStore implements ArtifactStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemStore.class);

  private final StoreFiles files;
  private final long maxBytes;

  /**
   * @param files below the root under which every artifact must lie
   * @param maxBytes largest artifact that is published or loaded, both files together
   */
  FileSystemStore(StoreFiles files, long maxBytes) {
    this.files = files;
    this.maxBytes = maxBytes;
  }

  @Override
  public PublishedArtifact publish(ArtifactBytes artifact) throws IOException {
    artifact.requireAtMost(maxBytes);
    Manifest manifest = artifact.artifact().manifest();
    String sha256 = artifact.sha256();
    Path folder = folderOf(manifest.modelId(), manifest.version());
    if (isPublished(folder)) {
      String found = reader(folder).manifestSha256();
      if (!found.equals(sha256)) {
        throw new IOException(
            "%s exists with sha256 %s, not replaced by %s: versions are immutable"
                .formatted(folder, found, sha256));
      }
      return published(manifest.modelId(), manifest.version(), sha256);
    }
    try {
      files.writeNew(new Path(folder, ArtifactBytes.WEIGHTS), artifact.weights());
      files.writeNew(new Path(folder, ArtifactBytes.MANIFEST), artifact.manifest());
    } catch (StoreFiles.OtherBytesException taken) {
      throw taken;
    } catch (IOException failed) {
      throw new UnpublishedException(artifact, files.root().toString(), failed);
    }
    reader(folder).read(sha256); // another may have written at the same time
    return published(manifest.modelId(), manifest.version(), sha256);
  }

  @Override
  public ArtifactBytes read(String uri, String sha256) throws IOException {
    return read(locate(uri), sha256);
  }

  private ArtifactBytes read(Path folder, String sha256) throws IOException {
    ArtifactBytes artifact = reader(folder).read(sha256);
    Manifest manifest = artifact.artifact().manifest();
    Path place = folderOf(manifest.modelId(), manifest.version());
    if (!place.equals(folder)) {
      throw new ArtifactException(
          Reason.INVALID, "%s holds the manifest of %s, expected its own".formatted(folder, place));
    }
    return artifact;
  }

  @Override
  public Optional<PublishedArtifact> find(String modelId, String version) throws IOException {
    Path folder = folderOf(modelId, version);
    if (!isPublished(folder)) {
      return Optional.empty();
    }
    try {
      String sha256 = reader(folder).manifestSha256();
      read(folder, sha256);
      return Optional.of(published(modelId, version, sha256));
    } catch (ArtifactException damaged) {
      LOG.warn(
          "{} is not a valid artifact ({}): {}", folder, damaged.reason(), damaged.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public List<ModelVersion> begun(String modelId) throws IOException {
    return files.names(modelFolder(modelId)).stream()
        .filter(ModelVersion::isValid)
        .map(ModelVersion::parse)
        .sorted()
        .toList();
  }

  @Override
  public List<PublishedArtifact> list(String modelId) throws IOException {
    List<PublishedArtifact> artifacts = new ArrayList<>();
    for (ModelVersion version : begun(modelId)) {
      Path folder = folderOf(modelId, version.toString());
      try {
        artifacts.add(published(modelId, version.toString(), reader(folder).manifestSha256()));
      } catch (ArtifactException damaged) {
        LOG.warn("{} is passed over: {}", folder, damaged.getMessage());
      }
    }
    return artifacts;
  }

  /** The manifest goes first: from then on the version is not there. */
  @Override
  public void remove(String modelId, String version) throws IOException {
    Path folder = folderOf(modelId, version);
    files.delete(new Path(folder, ArtifactBytes.MANIFEST));
    files.delete(folder);
  }

  private boolean isPublished(Path folder) throws IOException {
    return files.status(new Path(folder, ArtifactBytes.MANIFEST)).isPresent();
  }

  private Path modelFolder(String modelId) {
    Manifest.requireModelId(modelId);
    return files.path(modelId);
  }

  private Path folderOf(String modelId, String version) {
    return new Path(modelFolder(modelId), ModelVersion.parse(version).toString());
  }

  private PublishedArtifact published(String modelId, String version, String sha256) {
    return new PublishedArtifact(
        modelId, version, folderOf(modelId, version).toUri() + "/", sha256);
  }

  private ArtifactReader reader(Path folder) {
    return new ArtifactReader(
        new ArtifactFiles() {
          @Override
          public byte[] read(String name, long mostBytes) throws IOException {
            return files.read(new Path(folder, name), mostBytes);
          }

          @Override
          public String place(String name) {
            return new Path(folder, name).toString();
          }
        },
        maxBytes);
  }

  /** Only what {@link #published} gives is read: below the root, two names deep, nothing else. */
  private Path locate(String uri) throws ArtifactException {
    String root = files.root().toUri().toString();
    String below = root.endsWith("/") ? root : root + "/";
    String[] names =
        uri.startsWith(below) ? uri.substring(below.length()).split("/", -1) : new String[0];
    boolean isOurs =
        names.length == 3
            && Manifest.isModelId(names[0])
            && ModelVersion.isValid(names[1])
            && names[2].isEmpty();
    if (!isOurs) {
      throw new ArtifactException(
          Reason.FOREIGN_PATH,
          "artifact uri %s must be %s<model id>/<version>/".formatted(uri, below));
    }
    return folderOf(names[0], names[1]);
  }
}
