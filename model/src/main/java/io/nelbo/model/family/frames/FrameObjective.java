package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.descent.Objective;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.NegativeElbo;
import io.nelbo.model.objective.NoiseBank;
import java.util.Map;
import java.util.SplittableRandom;

/** The negative bound of shuffled batches of frames under a convolutional network. */
final class FrameObjective implements Objective {
  private final ConvolutionalLayout layout;
  private final LikelihoodSpec likelihood;
  private final float[] initial;
  private final PreparedFrames.Shuffled frames;
  private final SplittableRandom random;
  private final int batch;
  private final int samples;
  private final AlignedFloats input;
  private final AlignedFloats noise;
  private final float[] frame;

  /**
   * @param initial flat parameters
   * @param batch frames per step
   * @param samples draws per frame
   */
  FrameObjective(
      ConvolutionalLayout layout,
      LikelihoodSpec likelihood,
      float[] initial,
      PreparedFrames.Shuffled frames,
      SplittableRandom random,
      int batch,
      int samples) {
    this.layout = layout;
    this.likelihood = likelihood;
    this.initial = initial;
    this.frames = frames;
    this.random = random;
    this.batch = batch;
    this.samples = samples;
    frame = new float[layout.size().values()];
    input = new AlignedFloats(batch * frame.length);
    noise = new AlignedFloats(samples * batch * layout.latent());
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
    return batch;
  }

  @Override
  public void next() {
    for (int row = 0; row < batch; row++) {
      frames.next(frame);
      input.put(row * frame.length, frame);
    }
    float[] draws = new float[samples * batch * layout.latent()];
    NoiseBank.drawMirrored(draws, samples, random);
    noise.put(0, draws);
  }

  @Override
  public NDArray losses(
      Map<String, NDArray> parameters, double warmth, NDManager call, Stages stages) {
    ConvolutionalNetwork network =
        new ConvolutionalNetwork(layout, parameters, PlaneNormalisation.BATCH);
    NDArray frames = input.view(call, new Shape(batch, frame.length));
    NDArray draws = noise.view(call, new Shape(samples, batch, layout.latent()));
    stages.sent(draws);
    Likelihood density = Likelihood.of(likelihood, network);
    return NegativeElbo.perWindow(
        network, density, frames, frames, frames.onesLike(), draws, warmth);
  }
}
