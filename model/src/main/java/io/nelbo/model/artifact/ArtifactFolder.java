package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One artifact's files in a folder of this machine.
 *
 * @param root real path under which they must really lie
 * @param folder of the artifact
 */
public record ArtifactFolder(Path root, Path folder) implements ArtifactFiles {
  /**
   * A folder that belongs to no store.
   *
   * @throws ArtifactException when there is none
   */
  public static ArtifactFolder alone(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new ArtifactException(Reason.MISSING, folder + " is not a folder");
    }
    return new ArtifactFolder(folder.toRealPath(), folder);
  }

  @Override
  public String place(String name) {
    return folder.resolve(name).toString();
  }

  @Override
  public byte[] read(String name, long mostBytes) throws IOException {
    Path file = folder.resolve(name);
    if (Files.notExists(file)) {
      throw new ArtifactException(Reason.MISSING, file + " does not exist");
    }
    Path real = file.toRealPath();
    if (!real.startsWith(root)) {
      throw new ArtifactException(
          Reason.FOREIGN_PATH, String.format("%s leads to %s, outside of %s", file, real, root));
    }
    if (!Files.isRegularFile(real)) {
      throw new ArtifactException(Reason.INVALID, file + " is not a regular file");
    }
    long size = Files.size(real);
    if (size > mostBytes) {
      throw new ArtifactException(
          Reason.TOO_LARGE,
          String.format("%s has %s bytes, allowed are %s", file, size, mostBytes));
    }
    try (InputStream stream = Files.newInputStream(real)) {
      return stream.readNBytes((int) size);
    }
  }
}
