package io.nelbo.model.family.vae;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.DeviceTensors;
import io.nelbo.model.network.TensorShapes;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.score.DeviceMemoryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A network where it is computed with, and all that goes with it; the manager owns what is native.
 *
 * @param noise draws that every row is scored with, {@code [samples, 1, padded latent]}
 * @param prior what was to be expected of a record; empty for networks without a linear path
 */
record NativeNetwork(
    PaddedParameters padded,
    DenseNetwork network,
    Likelihood likelihood,
    NDArray noise,
    Optional<PriorSurprise> prior,
    EngineCalls calls) {
  /**
   * Copies the tensors; closes the manager if anything fails, for a load may be tried often.
   *
   * @throws IllegalArgumentException when a tensor does not fit the layout
   * @throws DeviceMemoryException when a GPU has no room for them
   */
  static NativeNetwork open(
      DenseLayout layout,
      LikelihoodSpec spec,
      int samples,
      Map<String, Tensor> tensors,
      NDManager manager) {
    try {
      TensorShapes.requireMatch(tensors, layout.tensors(samples));
      PaddedParameters padded = new PaddedParameters(layout);
      Map<String, Tensor> weights = new HashMap<>(tensors);
      Tensor draws = Objects.requireNonNull(weights.remove(NoiseBank.TENSOR));
      Optional<Tensor> expectedVariance =
          Optional.ofNullable(weights.remove(DenseLayout.EXPECTED_VARIANCE));
      NDArray noise = DeviceTensors.copy(manager, padded.padNoise(draws)).expandDims(1);
      Map<String, NDArray> parameters = new HashMap<>();
      padded
          .pad(weights)
          .forEach((name, tensor) -> parameters.put(name, DeviceTensors.copy(manager, tensor)));
      DenseNetwork network = new DenseNetwork(layout, parameters);
      Likelihood likelihood = Likelihood.of(spec, network);
      return new NativeNetwork(
          padded,
          network,
          likelihood,
          noise,
          expectedVariance.map(
              variance ->
                  new PriorSurprise(
                      network, likelihood, padded, PackedWindows.cutOf(spec), variance)),
          new EngineCalls(layout, spec, padded.features(), samples, manager));
    } catch (EngineException e) {
      manager.close();
      throw DeviceMemoryException.isCause(e, manager.getDevice())
          ? new DeviceMemoryException("no room for the network: " + e.getMessage(), e)
          : e;
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }
}
