package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.descent.Objective;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.ImportanceWeights;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.NegativeElbo;
import java.util.Map;

/** The negative bound of shuffled batches of fit windows under a dense network. */
final class VaeObjective implements Objective {
  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final TrainingConfig config;
  private final float[] initial;
  private final BatchSource batches;
  private final PackedWindows packed;
  private final AlignedFloats noise;

  /**
   * @param initial flat parameters
   */
  VaeObjective(
      Architecture architecture, TrainingConfig config, float[] initial, BatchSource batches) {
    layout = architecture.layout();
    likelihood = architecture.network().likelihood();
    this.config = config;
    this.initial = initial;
    this.batches = batches;
    packed = new PackedWindows(layout, likelihood, config.descent().batchSize());
    noise =
        new AlignedFloats(
            config.descent().trainingSamples() * config.descent().batchSize() * layout.latent());
  }

  @Override
  public Map<String, Shape> shapes() {
    return layout.shapes();
  }

  @Override
  public float[] initial() {
    return initial;
  }

  @Override
  public int batchSize() {
    return packed.capacity();
  }

  @Override
  public void next() {
    batches.next(packed);
    noise.put(0, batches.noise(config.descent().trainingSamples()));
  }

  @Override
  public NDArray losses(
      Map<String, NDArray> parameters, double warmth, NDManager call, Stages stages) {
    int rows = packed.capacity();
    DenseNetwork network = new DenseNetwork(layout, parameters);
    NDArray input = packed.input(call, rows);
    NDArray target = packed.target(call, rows);
    NDArray mask = packed.mask(call, rows);
    NDArray draws =
        noise.view(call, new Shape(config.descent().trainingSamples(), rows, layout.latent()));
    stages.sent(draws);
    Likelihood density = Likelihood.of(likelihood, network);
    if (config.design().objective() == Design.Objective.ELBO) {
      return NegativeElbo.perWindow(network, density, input, target, mask, draws, warmth);
    }
    Posterior posterior = network.encode(input);
    return ImportanceWeights.negativeBound(
        ImportanceWeights.logWeights(
            network, density, posterior, input, target, mask, draws, warmth));
  }
}
