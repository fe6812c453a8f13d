package io.nelbo.model.artifact;

import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.record.WindowShape;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed to compute with a network, of an artifact or of a training that has not got that
 * far yet.
 *
 * @param formatVersion of the artifact: what the weights mean may depend on it
 * @param window what the network is shown
 * @param featureLosses none in the first format, and while they are still to be measured
 */
public record ModelWeights(
    int formatVersion,
    WindowShape window,
    NetworkSpec network,
    Map<String, Tensor> tensors,
    Optional<FeatureLosses> featureLosses) {
  public ModelWeights {
    tensors = Map.copyOf(tensors);
  }

  public static ModelWeights of(ModelArtifact artifact) {
    Manifest manifest = artifact.manifest();
    return new ModelWeights(
        manifest.formatVersion(),
        manifest.window(),
        manifest.network(),
        artifact.tensors(),
        manifest.featureLosses());
  }
}
