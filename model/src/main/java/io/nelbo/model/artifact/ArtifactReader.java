package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.util.Map;

/**
 * Reads and verifies the two files of one artifact, the same way wherever they lie.
 *
 * @param maxBytes largest sum of both files
 */
public record ArtifactReader(ArtifactFiles files, long maxBytes) {
  /** Checksum of the manifest as it lies there. */
  public String manifestSha256() throws IOException {
    return Sha256.of(files.read(ManifestReader.NAME, maxBytes));
  }

  /**
   * Reads the artifact that was announced.
   *
   * @throws ArtifactException when it is not exactly the one with this checksum
   */
  public ArtifactBytes read(String sha256) throws IOException {
    byte[] manifest = files.read(ManifestReader.NAME, maxBytes);
    requireChecksum(ManifestReader.NAME, Sha256.of(manifest), sha256);
    return read(manifest);
  }

  /**
   * Reads what lies there, whole and free of contradictions, whoever it is from.
   *
   * @throws ArtifactException when it is not
   */
  public ArtifactBytes read() throws IOException {
    return read(files.read(ManifestReader.NAME, maxBytes));
  }

  private ArtifactBytes read(byte[] manifest) throws IOException {
    ManifestReader.Read read = ManifestReader.read(manifest);
    byte[] weights = weights(read.weights(), maxBytes - manifest.length);
    Map<String, Tensor> tensors = SafeTensorsReader.read(weights);
    if (!WeightsFile.shapesOf(tensors).equals(read.weights().shapes())) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format(
              "%s holds tensors %s, expected %s",
              files.place(WeightsFile.NAME),
              WeightsFile.shapesOf(tensors),
              read.weights().shapes()));
    }
    return new ArtifactBytes(new ModelArtifact(read.manifest(), tensors), manifest, weights);
  }

  private byte[] weights(WeightsFile expected, long bytesLeft) throws IOException {
    if (!expected.file().equals(WeightsFile.NAME)) {
      throw new ArtifactException(
          Reason.INVALID,
          String.format(
              "%s: weights.file is %s, expected %s",
              ManifestReader.NAME, expected.file(), WeightsFile.NAME));
    }
    byte[] bytes = files.read(expected.file(), bytesLeft);
    if (bytes.length < expected.bytes()) {
      throw new ArtifactException(
          Reason.TRUNCATED,
          String.format(
              "%s has %s bytes, expected %s",
              files.place(expected.file()), bytes.length, expected.bytes()));
    }
    requireChecksum(expected.file(), Sha256.of(bytes), expected.sha256());
    return bytes;
  }

  private void requireChecksum(String file, String found, String expected)
      throws ArtifactException {
    if (!found.equals(expected)) {
      throw new ArtifactException(
          Reason.ALTERED,
          String.format("%s has sha256 %s, expected %s", files.place(file), found, expected));
    }
  }
}
