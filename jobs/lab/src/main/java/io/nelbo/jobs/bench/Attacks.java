package io.nelbo.jobs.bench;

import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Artifacts that every scoring job must refuse. */
final class Attacks {
  private Attacks() {}

  /**
   * Three of them.
   *
   * @param sound is announced with a checksum that is not its own, and from elsewhere
   * @param victim gets one bit of its weights turned: that is found out only at their end
   */
  static List<PublishedArtifact> of(PublishedArtifact sound, PublishedArtifact victim)
      throws IOException {
    Path weights = Path.of(URI.create(victim.uri())).resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    String modelId = sound.modelId();
    return List.of(
        victim,
        new PublishedArtifact(modelId, sound.version(), sound.uri(), "0".repeat(64)),
        new PublishedArtifact(modelId, sound.version(), "file:///etc/", sound.sha256()));
  }
}
