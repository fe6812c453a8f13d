package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.io.IOException;

/** The two files of an artifact, byte for byte, and what they say. Immutable. */
public final class ArtifactBytes {
  /** Name of the file that is read first, and written last. */
  public static final String MANIFEST = ManifestReader.NAME;

  /** Name of the other file. */
  public static final String WEIGHTS = WeightsFile.NAME;

  private final ModelArtifact artifact;
  private final byte[] manifest;
  private final byte[] weights;

  ArtifactBytes(ModelArtifact artifact, byte[] manifest, byte[] weights) {
    this.artifact = artifact;
    this.manifest = manifest;
    this.weights = weights;
  }

  /**
   * As this program writes it.
   *
   * @throws IOException when it is too large to be written at all
   */
  public static ArtifactBytes of(ModelArtifact artifact) throws IOException {
    byte[] weights = SafeTensorsWriter.write(artifact.tensors());
    byte[] manifest =
        ManifestWriter.write(artifact.manifest(), WeightsFile.of(weights, artifact.tensors()));
    return new ArtifactBytes(artifact, manifest, weights);
  }

  public ModelArtifact artifact() {
    return artifact;
  }

  /** Of {@link #MANIFEST}. */
  public byte[] manifest() {
    return manifest.clone();
  }

  /** Of {@link #WEIGHTS}. */
  public byte[] weights() {
    return weights.clone();
  }

  /**
   * What an artifact is known by: the checksum of its manifest, which holds that of the weights.
   */
  public String sha256() {
    return Sha256.of(manifest);
  }

  /** Checksum of the weights' file. */
  public String weightsSha256() {
    return Sha256.of(weights);
  }

  /**
   * @param maxBytes allowed for both files together
   * @throws ArtifactException when there are more
   */
  public void requireAtMost(long maxBytes) throws ArtifactException {
    long size = (long) manifest.length + weights.length;
    if (size > maxBytes) {
      throw new ArtifactException(
          Reason.TOO_LARGE,
          String.format(
              "artifact %s %s has %s bytes, allowed are %s",
              artifact.manifest().modelId(), artifact.manifest().version(), size, maxBytes));
    }
  }
}
