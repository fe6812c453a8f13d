package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads and verifies the two files of one artifact. Every size is checked before anything is read
 * into memory.
 *
 * @param root real path under which both files must really lie
 * @param folder of the artifact
 * @param maxBytes largest sum of both files
 */
record ArtifactFolder(Path root, Path folder, long maxBytes) {

  /** Checksum of the manifest as it lies there. */
  String manifestSha256() throws IOException {
    return Sha256.of(bytesOf(ManifestReader.NAME, maxBytes));
  }

  /**
   * @throws ArtifactException when the artifact is not exactly the one with this checksum
   */
  ModelArtifact load(String sha256) throws IOException {
    byte[] manifestBytes = bytesOf(ManifestReader.NAME, maxBytes);
    requireChecksum(ManifestReader.NAME, Sha256.of(manifestBytes), sha256);
    ManifestReader.Read read = ManifestReader.read(manifestBytes);
    requirePlace(read.manifest());
    Map<String, Tensor> tensors = loadWeights(read.weights(), maxBytes - manifestBytes.length);
    return new ModelArtifact(read.manifest(), tensors);
  }

  private void requirePlace(Manifest manifest) throws ArtifactException {
    Path place = Path.of(manifest.modelId(), manifest.version());
    if (!folder.endsWith(place)) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format("%s holds the manifest of %s, expected its own", folder, place));
    }
  }

  private Map<String, Tensor> loadWeights(WeightsFile expected, long bytesLeft) throws IOException {
    if (!expected.file().equals(WeightsFile.NAME)) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format(
              "%s: weights.file is %s, expected %s",
              ManifestReader.NAME, expected.file(), WeightsFile.NAME));
    }
    byte[] bytes = bytesOf(expected.file(), bytesLeft);
    if (bytes.length < expected.bytes()) {
      throw new ArtifactException(
          Reason.TRUNCATED,
          String.format(
              "%s has %s bytes, expected %s",
              folder.resolve(expected.file()), bytes.length, expected.bytes()));
    }
    requireChecksum(expected.file(), Sha256.of(bytes), expected.sha256());
    Map<String, Tensor> tensors = SafeTensorsReader.read(bytes);
    if (!WeightsFile.shapesOf(tensors).equals(expected.shapes())) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format(
              "%s holds tensors %s, expected %s",
              folder.resolve(expected.file()), WeightsFile.shapesOf(tensors), expected.shapes()));
    }
    return tensors;
  }

  private void requireChecksum(String file, String found, String expected)
      throws ArtifactException {
    if (!found.equals(expected)) {
      throw new ArtifactException(
          Reason.ALTERED,
          String.format("%s has sha256 %s, expected %s", folder.resolve(file), found, expected));
    }
  }

  private byte[] bytesOf(String name, long most) throws IOException {
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
    if (size > most) {
      throw new ArtifactException(
          Reason.TOO_LARGE,
          String.format(
              "%s has %s bytes, allowed are %s (artifact at most %s)", file, size, most, maxBytes));
    }
    try (InputStream stream = Files.newInputStream(real)) {
      return stream.readNBytes((int) size);
    }
  }
}
