package io.nelbo.model.family.vae;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.record.RecordColumns;

/**
 * What the parameters are the parameters of.
 *
 * @param columns of the records, whose features and context are the network's inputs
 * @param windowLength records per window
 */
record Architecture(
    RecordColumns columns, int windowLength, NetworkSpec network, LikelihoodSpec likelihood) {
  /** The encoder's input is cut here, in scaled units; the likelihood's never is. */
  private static final float INPUT_CLIP = 10f;

  static Architecture of(TrainingConfig config, RecordColumns columns) {
    int features = columns.features().size();
    Design design = config.design();
    return new Architecture(
        columns,
        config.windowLength(),
        new NetworkSpec(
            DenseLayout.KIND, config.hiddenLayers(), latent(features, config), design.activation()),
        new LikelihoodSpec(
            design.likelihood(),
            config.deviationFloor(),
            INPUT_CLIP,
            LikelihoodSpec.usualDegrees(design.likelihood(), features)));
  }

  DenseLayout layout() {
    return DenseLayout.of(
        Manifest.CURRENT_FORMAT,
        windowLength,
        columns.features().size(),
        columns.contextNames().size(),
        network,
        likelihood);
  }

  /** Whether this model's parameters mean the same here. */
  boolean isOf(Manifest model) {
    return model.formatVersion() == Manifest.CURRENT_FORMAT // masks had another meaning before
        && model.featureNames().equals(columns.features())
        && model.contextNames().equals(columns.contextNames())
        && model.windowLength() == windowLength
        && model.network().equals(network)
        && model.likelihood().equals(likelihood);
  }

  private static int latent(int features, TrainingConfig config) {
    if (config.latent() > 0) {
      return config.latent();
    }
    return (int) Math.round(Math.max(2, Math.min(16, 2 * Math.sqrt(features))));
  }
}
