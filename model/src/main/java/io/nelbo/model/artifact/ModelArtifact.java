package io.nelbo.model.artifact;

import java.util.Map;

/**
 * Everything needed to score, trained together and swapped together.
 *
 * <p>Scaler and calibration are part of the artifact, not of the job's settings: a new network
 * behind an old scaler would be wrong without any error.
 */
public record ModelArtifact(Manifest manifest, Map<String, Tensor> tensors) {
  public ModelArtifact {
    tensors = Map.copyOf(tensors);
  }
}
