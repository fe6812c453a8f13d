package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.record.WindowShape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the parameters are the parameters of.
 *
 * @param window whose features and context are the network's inputs
 */
record Architecture(WindowShape window, DenseNetworkSpec network) {
  /** The encoder's input is cut here, in scaled units; the likelihood's never is. */
  private static final float INPUT_CLIP = 10f;

  /** Streams are cut before, softly; their network is to see that. */
  private static final float INPUT_CLIP_OF_STREAMS = 20f;

  /** By measurement, see RATIONALE.md. */
  private static final double SOFT_CUT_OF_STREAMS = 10;

  /** Of a linear path, which otherwise is too sure of features that hardly move. */
  private static final double LEAST_DEVIATION_OF_STREAMS = 0.1;

  private static final int DEGREES_OF_STREAMS = 100;

  static Architecture of(TrainingConfig config, WindowShape window) {
    Design design = config.design();
    boolean stream = window.length() > 1 && !design.isBernoulli();
    return new Architecture(
        window,
        new DenseNetworkSpec(
            config.hiddenLayers(),
            latent(window.features(), config),
            design.activation(),
            stream,
            stream ? ofStream(config) : ofRecords(config, window),
            new NoiseSpec(config.network().scoringSamples(), NoiseBank.SEQUENCE)));
  }

  private static LikelihoodSpec ofRecords(TrainingConfig config, WindowShape window) {
    String kind = config.design().likelihood();
    return new LikelihoodSpec(
        kind,
        config.data().deviationFloor(),
        INPUT_CLIP,
        LikelihoodSpec.usualDegrees(kind, window.features()));
  }

  private static LikelihoodSpec ofStream(TrainingConfig config) {
    String kind = config.design().likelihood();
    return new LikelihoodSpec(
        kind,
        Math.max(LEAST_DEVIATION_OF_STREAMS, config.data().deviationFloor()),
        INPUT_CLIP_OF_STREAMS,
        kind.equals(LikelihoodSpec.STUDENT) ? DEGREES_OF_STREAMS : 0,
        SOFT_CUT_OF_STREAMS);
  }

  DenseLayout layout() {
    return DenseLayout.of(network.format(), window, network);
  }

  /** What is scored with while losses per feature and what is to be expected are not known. */
  ModelWeights weights(float[] flat, FlatParameters parameters, Tensor noise) {
    Map<String, Tensor> tensors = new HashMap<>(parameters.toTensors(flat));
    tensors.put(NoiseBank.TENSOR, noise);
    if (network.linearPath()) {
      float[] unknown = new float[window.features()];
      Arrays.fill(unknown, 1);
      tensors.put(DenseLayout.EXPECTED_VARIANCE, new Tensor(new int[] {unknown.length}, unknown));
    }
    return new ModelWeights(network.format(), window, network, tensors, Optional.empty());
  }

  /** Whether this model's parameters mean the same here. */
  boolean isOf(Manifest model) {
    return model.formatVersion() == network.format() // masks had another meaning before
        && model.window().equals(window)
        && isSame(model.network());
  }

  /** But for the noise, which scoring takes and training does not. */
  private boolean isSame(NetworkSpec other) {
    return other instanceof DenseNetworkSpec dense
        && dense.withNoise(network.noise()).equals(network);
  }

  private static int latent(int features, TrainingConfig config) {
    if (config.network().latent() > 0) {
      return config.network().latent();
    }
    return (int) Math.round(Math.max(2, Math.min(16, 2 * Math.sqrt(features))));
  }
}
