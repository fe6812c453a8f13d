package io.nelbo.model.family.frames;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.network.DeviceTensors;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.DiagonalGaussian;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.score.BoundEstimator;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.score.DeviceMemoryException;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.HeatMap;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores frames with one network, its noise and the linear model beside it; owns all native memory.
 *
 * <p>A frame's result depends on that frame alone, to the bit: what the engine is called with has a
 * few fixed shapes, and sums over a frame are taken in Java. One thread at a time.
 */
final class FrameScorer implements WindowModel {
  /** Frames are wide: their draws come one by one. */
  private static final int ONE_DRAW = 1;

  private final ConvolutionalLayout layout;
  private final NDManager manager;
  private final ConvolutionalNetwork network;
  private final Likelihood likelihood;
  private final NDArray noise;
  private final float[] shown;
  private final LinearResidual linear;
  private final NearestFrames nearest;
  private final MapModel map;
  private final LinearResidual mapResidual;
  private final FrameCalls mapCalls;
  private final double usualResidual;
  private final FrameCalls calls;
  private final ResidualChannels channels;
  private final ScoredRows scored = new ScoredRows();

  private FrameScorer(ModelWeights weights, ConvolutionalSpec spec, NDManager manager) {
    this.manager = manager;
    FrameTensors tensors = FrameTensors.of(weights, spec);
    layout = tensors.layout();
    channels = new ResidualChannels(layout.size());
    shown = layout.size().shown();
    usualResidual = tensors.usualResidual();
    Map<String, NDArray> parameters = new HashMap<>();
    tensors.network().forEach((name, tensor) -> parameters.put(name, copy(tensor)));
    network = new ConvolutionalNetwork(layout, parameters, PlaneNormalisation.FOLDED);
    likelihood = Likelihood.of(spec.likelihood(), network);
    noise = copy(tensors.noise()).expandDims(1);
    linear = new LinearResidual(tensors.linear(), manager);
    nearest = new NearestFrames(layout.size(), tensors.nearest(), manager);
    map = tensors.map();
    mapResidual = new LinearResidual(map.linear(), manager);
    mapCalls = new FrameCalls(new FramePreparation(map.size(), spec.normalised()), 1, manager);
    calls =
        new FrameCalls(
            new FramePreparation(layout.size(), spec.normalised()),
            spec.noise().samples(),
            manager);
  }

  /**
   * Scores as the network asks for.
   *
   * @throws IllegalArgumentException when it is no convolutional one, or contradicts itself
   * @throws DeviceMemoryException when a GPU has no room for it
   */
  static FrameScorer of(ModelWeights weights, Device device) {
    if (!(weights.network() instanceof ConvolutionalSpec spec)) {
      throw new IllegalArgumentException(
          "network.kind must be %s, got %s"
              .formatted(ConvolutionalSpec.KIND, weights.network().kind()));
    }
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      return new FrameScorer(weights, spec, manager);
    } catch (EngineException e) {
      manager.close();
      throw DeviceMemoryException.isCause(e, device)
          ? new DeviceMemoryException("no room for the network: " + e.getMessage(), e)
          : e;
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  private NDArray copy(Tensor tensor) {
    return DeviceTensors.copy(manager, tensor);
  }

  @Override
  public List<String> channels() {
    return ResidualChannels.NAMES;
  }

  @Override
  public ScoredRows score(float[] frames, int rows) {
    scored.reserve(rows);
    calls.forEach(frames, rows, this::scoreChunk);
    return scored;
  }

  /** The density alone, without what ranks: what a training looks at. */
  double[] negativeElbos(float[] frames, int rows) {
    scored.reserve(rows);
    calls.forEach(frames, rows, this::scoreDensity);
    double[] figures = new double[rows];
    Arrays.setAll(figures, scored::negativeElbo);
    return figures;
  }

  private void scoreChunk(FrameCalls.Chunk chunk) {
    NDArray input = chunk.input();
    float[] unexpected = input.sub(expected(scoreDensity(chunk))).toFloatArray();
    float[] left = linear.of(input).toFloatArray();
    float[] distances = nearest.distances(input);
    int values = layout.size().values();
    for (int row = 0; row < chunk.count(); row++) {
      int target = chunk.start() + row;
      scored.setChannel(target, 0, channels.coarse(unexpected, row * values));
      scored.setChannel(target, 1, channels.coarse(left, row * values, usualResidual));
      scored.setChannel(target, 2, channels.local(left, row * values, usualResidual));
      scored.setChannel(target, 3, channels.nearest(distances[row], left, row * values));
    }
  }

  /** What was decoded, {@code [samples, rows, values]}. */
  private NDArray scoreDensity(FrameCalls.Chunk chunk) {
    NDArray input = chunk.input();
    Posterior posterior = network.encode(input);
    NDArray decoded = network.decode(posterior.sample(noise), input);
    float[] losses = likelihood.expectedLoss(input, decoded).toFloatArray();
    float[] divergences = posterior.klTerms().toFloatArray();
    int values = layout.size().values();
    int latent = divergences.length / chunk.nativeRows();
    for (int row = 0; row < chunk.count(); row++) {
      double loss = sumOfShown(losses, row * values);
      double divergence = DiagonalGaussian.clamped(sum(divergences, row * latent, latent));
      scored.set(
          chunk.start() + row, loss, loss, divergence, layout.size().frames().featureCount());
    }
    return decoded;
  }

  /** Mean over the draws, {@code [rows, values]}. */
  private NDArray expected(NDArray decoded) {
    return likelihood.means(decoded).mean(new int[] {0});
  }

  private double sumOfShown(float[] losses, int from) {
    double sum = 0;
    for (int i = 0; i < shown.length; i++) {
      sum += shown[i] * losses[from + i];
    }
    return sum;
  }

  private static double sum(float[] terms, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += terms[i];
    }
    return sum;
  }

  /** Mean square of what the linear model leaves of these frames. */
  double meanLinearResidual(float[] frames, int rows) {
    double[] square = new double[1];
    int values = layout.size().values();
    calls.forEach(
        frames,
        rows,
        chunk -> {
          float[] left = linear.of(chunk.input()).toFloatArray();
          for (int i = 0; i < chunk.count() * values; i++) {
            square[0] += (double) left[i] * left[i];
          }
        });
    return square[0] / ((double) rows * values);
  }

  /** In the size and the light of the frame itself, in 0 to 255 and beyond. */
  @Override
  public List<Expectation> expect(float[] frames, int rows) {
    List<Expectation> expectations = new ArrayList<>(rows);
    Enlarged enlarged = new Enlarged(layout.size());
    calls.forEach(
        frames,
        rows,
        chunk -> {
          NDArray input = chunk.input();
          NDArray decoded = network.decode(network.encode(input).sample(noise), input);
          float[] means = expected(decoded).toFloatArray();
          float[] variances = likelihood.variances(decoded).mean(new int[] {0}).toFloatArray();
          for (int row = 0; row < chunk.count(); row++) {
            int from = row * layout.size().values();
            expectations.add(
                new Expectation(
                    enlarged.frame(means, from, chunk.light(row)),
                    enlarged.deviations(variances, from, chunk.light(row))));
          }
        });
    return expectations;
  }

  @Override
  public List<HeatMap> heatMaps(float[] frames, int rows) {
    List<HeatMap> maps = new ArrayList<>(rows);
    int values = map.size().values();
    mapCalls.forEach(
        frames,
        rows,
        chunk -> {
          float[] left = mapResidual.of(chunk.input()).toFloatArray();
          for (int row = 0; row < chunk.count(); row++) {
            maps.add(map.map(left, row * values));
          }
        });
    return maps;
  }

  @Override
  public float[] posteriorMeans(float[] frames, int rows) {
    int latent = layout.latent();
    float[] means = new float[rows * latent];
    calls.forEach(
        frames,
        rows,
        chunk -> {
          NDArray mean = network.encode(chunk.input()).mean();
          float[] found = mean.toFloatArray();
          int width = Math.toIntExact(mean.getShape().get(1));
          for (int row = 0; row < chunk.count(); row++) {
            System.arraycopy(found, row * width, means, (chunk.start() + row) * latent, latent);
          }
        });
    return means;
  }

  @Override
  public List<Bounds> bounds(float[] frames, int rows, int samples, long seed) {
    BoundEstimator estimator =
        new BoundEstimator(network, likelihood, layout.latent(), samples, ONE_DRAW, seed);
    List<Bounds> bounds = new ArrayList<>(rows);
    calls.forEach(frames, rows, chunk -> bounds.addAll(estimator.estimate(chunk)));
    return bounds;
  }

  /** Nothing of a frame is ever missing. */
  @Override
  public FeatureLosses featureLosses(float[] frames, int rows) {
    throw new UnsupportedOperationException("a frame's values have no losses of their own");
  }

  @Override
  public void warmUp() {
    FrameProbes.score(this, layout.size().frames());
  }

  @Override
  public void close() {
    manager.close();
  }
}
