package io.nelbo.model.family.vae;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.DiagonalGaussian;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.SoftCut;
import io.nelbo.model.score.BoundEstimator;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.score.DeviceMemoryException;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.Probes;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores scaled windows with one network and its noise; owns all native memory of a detector.
 *
 * <p>A row's result depends on that row alone, to the bit: the engine is only ever called with a
 * few fixed shapes, rows and widths padded, and sums across features are taken in Java. One thread
 * at a time.
 */
final class DenseScorer implements WindowModel {
  private final DenseLayout layout;
  private final PaddedParameters padded;
  private final NDManager manager;
  private final DenseNetwork network;
  private final Likelihood likelihood;
  private final NDArray noise;
  private final EngineCalls calls;
  private final ScoredRows scored = new ScoredRows();
  private final Optional<FeatureLosses> featureLosses;
  private final SoftCut cut;
  private final Optional<PriorSurprise> prior;

  /**
   * Copies the tensors to the device.
   *
   * @param featureLosses of the network; without them (the first format has none) a loss is scaled
   *     by features over observed ones where some are missing
   * @throws IllegalArgumentException when a tensor does not fit the layout
   * @throws DeviceMemoryException when a GPU has no room for them
   */
  DenseScorer(
      DenseLayout layout,
      LikelihoodSpec likelihoodSpec,
      int samples,
      Map<String, Tensor> tensors,
      Optional<FeatureLosses> featureLosses,
      Device device) {
    this(
        layout,
        likelihoodSpec,
        samples,
        tensors,
        featureLosses,
        NDManager.newBaseManager(device, "PyTorch"));
  }

  /**
   * Scores as the network asks for.
   *
   * @throws IllegalArgumentException when it is no dense one, or contradicts itself
   */
  static DenseScorer of(ModelWeights weights, Device device) {
    if (!(weights.network() instanceof DenseNetworkSpec network)) {
      throw new IllegalArgumentException(
          "network.kind must be %s, got %s"
              .formatted(DenseNetworkSpec.KIND, weights.network().kind()));
    }
    return new DenseScorer(
        DenseLayout.of(weights.formatVersion(), weights.window(), network),
        network.likelihood(),
        network.noise().samples(),
        weights.tensors(),
        weights.featureLosses(),
        device);
  }

  /** Closes the manager in the end, or at once if anything fails. */
  DenseScorer(
      DenseLayout layout,
      LikelihoodSpec likelihoodSpec,
      int samples,
      Map<String, Tensor> tensors,
      Optional<FeatureLosses> featureLosses,
      NDManager manager) {
    this.layout = layout;
    this.featureLosses = featureLosses;
    this.manager = manager;
    NativeNetwork loaded = NativeNetwork.open(layout, likelihoodSpec, samples, tensors, manager);
    padded = loaded.padded();
    network = loaded.network();
    likelihood = loaded.likelihood();
    noise = loaded.noise();
    prior = loaded.prior();
    calls = loaded.calls();
    cut = PackedWindows.cutOf(likelihoodSpec);
  }

  @Override
  public ScoredRows score(float[] scaled, int rows) {
    return score(scaled, rows, Stages.NONE);
  }

  /**
   * The same, with somebody who measures how long its stages take.
   *
   * @return valid until the next call
   */
  ScoredRows score(float[] scaled, int rows, Stages stages) {
    scored.reserve(rows);
    calls.forEach(scaled, rows, chunk -> scoreChunk(chunk, scaled, stages));
    return scored;
  }

  @Override
  public FeatureLosses featureLosses(float[] scaled, int rows) {
    int features = layout.features();
    double[][] losses = new double[features][rows];
    int[] observed = new int[features];
    calls.forEach(
        scaled,
        rows,
        chunk -> {
          NDArray input = chunk.input();
          float[] found = expectedLoss(input, chunk.target(), network.encode(input)).toFloatArray();
          Optional<PriorSurprise.Expected> expected = prior.map(one -> one.of(chunk));
          for (int row = 0; row < chunk.count(); row++) {
            for (int feature = 0; feature < features; feature++) {
              float value = scaled[newest(chunk.start() + row) + feature];
              if (!Float.isNaN(value)) {
                losses[feature][observed[feature]++] =
                    found[row * padded.features() + feature]
                        + surprise(expected, row, feature, value);
              }
            }
          }
        });
    Arrays.setAll(losses, feature -> Arrays.copyOf(losses[feature], observed[feature]));
    return FeatureLosses.of(losses);
  }

  @Override
  public List<Expectation> expect(float[] scaled, int rows) {
    List<Expectation> expectations = new ArrayList<>(rows);
    calls.forEach(
        scaled,
        rows,
        chunk -> {
          if (prior.isPresent()) {
            expectations.addAll(prior.get().of(chunk).of(chunk.count()));
            return;
          }
          NDArray input = chunk.input();
          NDArray decoded = network.decode(network.encode(input).sample(noise), input);
          expectations.addAll(
              Expectation.overDraws(
                  likelihood.means(decoded).toFloatArray(),
                  likelihood.variances(decoded).toFloatArray(),
                  new Expectation.Placing(
                      chunk.count(), chunk.nativeRows(), padded.features(), layout.features())));
        });
    return expectations;
  }

  @Override
  public float[] posteriorMeans(float[] scaled, int rows) {
    int latent = layout.latent();
    float[] means = new float[rows * latent];
    calls.forEach(
        scaled,
        rows,
        chunk -> {
          float[] found = network.encode(chunk.input()).mean().toFloatArray();
          for (int row = 0; row < chunk.count(); row++) {
            System.arraycopy(
                found, row * padded.latent(), means, (chunk.start() + row) * latent, latent);
          }
        });
    return means;
  }

  @Override
  public List<Bounds> bounds(float[] scaled, int rows, int samples, long seed) {
    BoundEstimator estimator =
        new BoundEstimator(network, likelihood, layout.latent(), samples, calls.mostDraws(), seed);
    List<Bounds> bounds = new ArrayList<>(rows);
    calls.forEach(scaled, rows, chunk -> bounds.addAll(estimator.estimate(chunk)));
    for (int row = 0; row < rows; row++) {
      bounds.set(row, bounds.get(row).plus(cut.nats(scaled, newest(row), layout.features())));
    }
    return bounds;
  }

  @Override
  public void warmUp() {
    Probes.score(this, layout.rowLength());
  }

  /** Arrays that the engine holds for this scorer between calls. */
  int nativeArrays() {
    return manager.getManagedArrays().size();
  }

  @Override
  public void close() {
    manager.close();
  }

  private void scoreChunk(EngineCalls.Chunk chunk, float[] scaled, Stages stages) {
    int features = layout.features();
    int latent = layout.latent();
    stages.packed();
    NDArray input = chunk.input();
    NDArray target = chunk.target();
    stages.sent(target);
    Posterior posterior = network.encode(input);
    NDArray expectedLoss = expectedLoss(input, target, posterior);
    NDArray klTerms = posterior.klTerms();
    stages.computed(klTerms);
    float[] losses = expectedLoss.toFloatArray();
    float[] divergences = klTerms.toFloatArray();
    Optional<PriorSurprise.Expected> expected = prior.map(one -> one.of(chunk));
    stages.received();
    for (int row = 0; row < chunk.count(); row++) {
      int newest = newest(chunk.start() + row);
      double loss = 0;
      double surprise = 0;
      int observed = 0;
      for (int feature = 0; feature < features; feature++) {
        float value = scaled[newest + feature];
        if (!Float.isNaN(value)) {
          loss += losses[row * padded.features() + feature];
          surprise += surprise(expected, row, feature, value);
          observed++;
        }
      }
      double divergence = 0;
      for (int i = row * padded.latent(); i < row * padded.latent() + latent; i++) {
        divergence += divergences[i];
      }
      scored.set(
          chunk.start() + row,
          loss + cut.nats(scaled, newest, features),
          completed(loss + surprise, observed, scaled, newest),
          DiagonalGaussian.clamped(divergence),
          observed);
      if (prior.isPresent()) {
        scored.setExpectedLoss(chunk.start() + row, surprise + cut.nats(scaled, newest, features));
      }
    }
  }

  /** {@code [nativeRows, padded features]}, averaged over the draws. */
  private NDArray expectedLoss(NDArray input, NDArray target, Posterior posterior) {
    return likelihood.expectedLoss(target, network.decode(posterior.sample(noise), input));
  }

  private static double surprise(
      Optional<PriorSurprise.Expected> expected, int row, int feature, float value) {
    return expected.isPresent() ? expected.get().loss(row, feature, value) : 0;
  }

  /** Where the newest record of a row's window begins. */
  private int newest(int row) {
    return (row + 1) * layout.rowLength() - layout.columns();
  }

  private double completed(double loss, int observed, float[] scaled, int newest) {
    int features = layout.features();
    if (observed == features) {
      return loss;
    }
    if (featureLosses.isPresent()) {
      return featureLosses.get().complete(loss, scaled, newest);
    }
    return observed == 0 ? 0 : loss * ((double) features / observed);
  }
}
