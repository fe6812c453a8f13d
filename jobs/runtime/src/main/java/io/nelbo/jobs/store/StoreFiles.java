package io.nelbo.jobs.store;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Small files below one root of any Flink file system, each seen whole or not at all. */
final class StoreFiles {
  /** Nothing is ever replaced. */
  static final class OtherBytesException extends IOException {
    private static final long serialVersionUID = 1;

    OtherBytesException(Path file) {
      super(file + " exists with other bytes and is not replaced");
    }
  }

  private final Path root;
  private final FileSystem files;

  private StoreFiles(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /**
   * Of the store that a configuration names, on this machine or elsewhere.
   *
   * @throws IOException when Flink has no file system of this scheme, naming what is missing
   */
  static StoreFiles of(ModelConfig model) throws IOException {
    Path path =
        model.hasLocalStore()
            ? new Path("file", null, absolute(model.store())) // given as text it is not decoded
            : new Path(model.store());
    try {
      return new StoreFiles(path, path.getFileSystem());
    } catch (UnsupportedFileSystemSchemeException unknown) {
      throw new IOException(
          ("model.store %s: Flink has no file system for '%s'; put its plug-in, such as"
                  + " flink-s3-fs-hadoop, into a folder of its own in Flink's plugins/"
                  + " (FLINK_PLUGINS_DIR)")
              .formatted(path, path.toUri().getScheme()),
          unknown);
    }
  }

  private static String absolute(String folder) {
    return java.nio.file.Path.of(folder).toAbsolutePath().normalize().toString();
  }

  Path root() {
    return root;
  }

  /** A path below the root. */
  Path path(String relative) {
    return new Path(root, relative);
  }

  /** The file, or empty when there is none. */
  Optional<FileStatus> status(Path file) throws IOException {
    try {
      return Optional.of(files.getFileStatus(file));
    } catch (FileNotFoundException missing) {
      return Optional.empty();
    }
  }

  /**
   * The whole file; its size is asked for before anything is fetched.
   *
   * @throws ArtifactException when it is missing or larger
   */
  byte[] read(Path file, long mostBytes) throws IOException {
    FileStatus status =
        status(file)
            .orElseThrow(() -> new ArtifactException(Reason.MISSING, file + " does not exist"));
    if (status.isDir()) {
      throw new ArtifactException(Reason.INVALID, file + " is not a regular file");
    }
    if (status.getLen() > mostBytes) {
      throw new ArtifactException(
          Reason.TOO_LARGE,
          "%s has %s bytes, allowed are %s".formatted(file, status.getLen(), mostBytes));
    }
    try (FSDataInputStream in = files.open(file)) {
      return in.readNBytes((int) status.getLen());
    } catch (FileNotFoundException refused) {
      if (status(file).isPresent()) {
        throw refused;
      }
      throw new ArtifactException(Reason.MISSING, file + " has been removed meanwhile");
    }
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws IOException when it is there with other bytes: nothing is ever replaced
   */
  void writeNew(Path file, byte[] bytes) throws IOException {
    if (isThere(file, bytes)) {
      return;
    }
    writeBeside(
        file,
        bytes,
        () -> {
          if (!isThere(file, bytes)) { // nothing is renamed here
            write(file, bytes, FileSystem.WriteMode.NO_OVERWRITE);
          }
        });
  }

  private boolean isThere(Path file, byte[] bytes) throws IOException {
    Optional<FileStatus> found = status(file);
    if (found.isEmpty()) {
      return false;
    }
    if (found.get().getLen() != bytes.length || !Arrays.equals(read(file, bytes.length), bytes)) {
      throw new OtherBytesException(file);
    }
    return true;
  }

  /**
   * Writes a file whether it is there or not. Where a rename does not replace what was there, it is
   * written over: whole at once on object stores.
   */
  void replace(Path file, byte[] bytes) throws IOException {
    writeBeside(file, bytes, () -> write(file, bytes, FileSystem.WriteMode.OVERWRITE));
  }

  private interface Otherwise {
    void write() throws IOException;
  }

  /** Writes beside and renames, so that a reader never meets half of it. */
  private void writeBeside(Path file, byte[] bytes, Otherwise notRenamed) throws IOException {
    files.mkdirs(file.getParent());
    Path partial = new Path(file.getParent(), ".writing-" + UUID.randomUUID());
    try {
      write(partial, bytes, FileSystem.WriteMode.NO_OVERWRITE);
      if (!isRenamed(partial, file)) {
        notRenamed.write();
        files.delete(partial, false);
      }
    } catch (IOException failed) {
      cleanUp(partial, failed);
      throw failed;
    }
  }

  /** Where another file is in the way, some file systems answer no, and others throw. */
  private boolean isRenamed(Path partial, Path file) throws IOException {
    try {
      return files.rename(partial, file);
    } catch (IOException refused) {
      if (status(file).isEmpty() || status(partial).isEmpty()) {
        throw refused;
      }
      return false;
    }
  }

  private void cleanUp(Path partial, IOException cause) {
    try {
      files.delete(partial, false);
    } catch (IOException left) {
      cause.addSuppressed(left);
    }
  }

  private void write(Path file, byte[] bytes, FileSystem.WriteMode mode) throws IOException {
    try (FSDataOutputStream out = files.create(file, mode)) {
      out.write(bytes);
      out.sync();
    }
  }

  /** Names in a folder; empty when there is no folder. */
  List<String> names(Path folder) throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException missing) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    if (found != null) { // some file systems say so of a folder that is not there
      for (FileStatus status : found) {
        names.add(status.getPath().getName());
      }
    }
    return names;
  }

  /** With all that is in it; one that is not there is no failure. */
  void delete(Path path) throws IOException {
    if (status(path).isPresent() && !files.delete(path, true)) {
      throw new IOException(path + " could not be deleted");
    }
  }
}
