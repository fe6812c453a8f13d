package io.nelbo.model.descent;

import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.family.vae.HeldOut;
import io.nelbo.model.fit.Design;
import io.nelbo.model.family.vae.BatchSource;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.family.vae.DenseLayout;
import io.nelbo.model.family.vae.DenseNetwork;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.family.vae.PackedWindows;
import io.nelbo.model.network.Posterior;
import io.nelbo.model.objective.ImportanceWeights;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.NegativeElbo;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Finds the parameters: minibatches, KL warm-up, trimming, early stopping on held-out windows.
 *
 * <p>The parameters live on the heap; each step copies them to the engine, takes one gradient and
 * drops everything native. Batches, noise and hidden entries are drawn in Java, so that one native
 * thread and one seed give the same bits.
 */
final class GradientDescent {
  private static final double MOST_GRADIENT_NORM = 20;
  private static final int EVALUATIONS = 40;
  private static final int PATIENCE = 10;
  private static final double LEAST_LEARNING_RATE_SHARE = 0.05;

  private final DenseLayout layout;
  private final TrainingConfig config;
  private final LikelihoodSpec likelihoodSpec;
  private final FlatParameters flat;
  private final NDManager manager;
  private final AlignedFloats thetaMemory;
  private final AlignedFloats noiseMemory;
  private final AlignedFloats weightMemory;

  /**
   * @param manager closed by the caller; holds nothing between steps
   */
  GradientDescent(
      DenseLayout layout, TrainingConfig config, LikelihoodSpec likelihoodSpec, NDManager manager) {
    this.layout = layout;
    this.config = config;
    this.likelihoodSpec = likelihoodSpec;
    this.manager = manager;
    flat = new FlatParameters(layout);
    thetaMemory = new AlignedFloats(flat.size());
    noiseMemory =
        new AlignedFloats(config.trainingSamples() * config.batchSize() * layout.latent());
    weightMemory = new AlignedFloats(config.batchSize());
  }

  /** Where descent ended; the parameters are those of the best evaluation. */
  Descended run(
      float[] initial,
      BatchSource batches,
      HeldOut heldOut,
      TrainingListener listener,
      BooleanSupplier timeIsUp)
      throws TrainingException {
    Stepper stepper = stepper(initial, batches);
    Descended.Tracker tracker = new Descended.Tracker(initial);
    int evaluateEvery = Math.max(1, config.steps() / EVALUATIONS);
    for (int step = 1; step <= config.steps(); step++) {
      double loss = stepper.step(step, Stages.NONE);
      boolean last = step == config.steps() || timeIsUp.getAsBoolean();
      if (last || (isWarm(step) && step % evaluateEvery == 0)) {
        tracker.evaluated(step, stepper.parameters, heldOut.negativeBound(stepper.parameters));
      }
      TrainingProgress progress =
          new TrainingProgress(step, config.steps(), loss, tracker.lastFigure());
      tracker.note(progress);
      if (!listener.onProgress(progress) || Thread.currentThread().isInterrupted()) {
        throw new TrainingException("training was stopped at step " + step);
      }
      if (last || tracker.evaluationsSinceBest() >= PATIENCE) {
        break;
      }
    }
    return tracker.best();
  }

  /** Takes single steps from these parameters on. */
  Stepper stepper(float[] initial, BatchSource batches) {
    return new Stepper(initial, batches);
  }

  /** Whether the divergence counts in full. */
  private boolean isWarm(int step) {
    return step > warmUpSteps();
  }

  private int warmUpSteps() {
    return (int) Math.round(config.klWarmUp() * config.steps());
  }

  /** Parameters on their way down. */
  final class Stepper {
    private final float[] parameters;
    private final BatchSource batches;
    private final Adam adam;
    private final PackedWindows packed;

    private Stepper(float[] initial, BatchSource batches) {
      this.batches = batches;
      parameters = initial.clone();
      adam = new Adam(parameters.length, MOST_GRADIENT_NORM);
      packed = new PackedWindows(layout, likelihoodSpec.inputClip(), config.batchSize());
    }

    /**
     * From the next batch to new parameters.
     *
     * @param step of those that are configured, from 1 on
     * @return the batch's loss before, per window
     */
    double step(int step, Stages stages) throws TrainingException {
      double beta = isWarm(step) ? 1 : (double) step / (warmUpSteps() + 1);
      batches.next(packed);
      float[] noise = batches.noise(config.trainingSamples());
      Gradient gradient = gradient(parameters, packed, noise, beta, step, stages);
      if (!adam.step(parameters, gradient.slopes(), learningRate(step))) {
        throw notANumber(step, "gradient");
      }
      return gradient.loss();
    }
  }

  private record Gradient(double loss, @SuppressWarnings("ArrayRecordComponent") float[] slopes) {}

  private Gradient gradient(
      float[] parameters, PackedWindows packed, float[] noise, double beta, int step, Stages stages)
      throws TrainingException {
    int rows = packed.capacity();
    noiseMemory.put(0, noise);
    try (NDManager call = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      thetaMemory.put(0, parameters);
      stages.packed();
      NDArray theta = thetaMemory.view(call, new Shape(parameters.length));
      theta.setRequiresGradient(true);
      DenseNetwork network = new DenseNetwork(layout, flat.split(theta));
      NDArray input = packed.input(call, rows);
      NDArray target = packed.target(call, rows);
      NDArray mask = packed.mask(call, rows);
      NDArray draws =
          noiseMemory.view(call, new Shape(config.trainingSamples(), rows, layout.latent()));
      stages.sent(draws);
      NDArray losses = losses(network, input, target, mask, draws, beta);
      float[] perWindow = losses.toFloatArray();
      float[] weights = keptWeights(perWindow, isWarm(step) ? config.trim() : 0);
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        loss += weights[row] * (double) perWindow[row];
      }
      if (!Double.isFinite(loss)) {
        throw notANumber(step, "loss");
      }
      weightMemory.put(0, weights);
      collector.backward(losses.mul(weightMemory.view(call, new Shape(rows))).sum());
      NDArray slopes = theta.getGradient();
      stages.computed(slopes);
      Gradient gradient = new Gradient(loss, slopes.toFloatArray());
      stages.received();
      return gradient;
    }
  }

  private NDArray losses(
      DenseNetwork network,
      NDArray input,
      NDArray target,
      NDArray mask,
      NDArray noise,
      double beta) {
    Likelihood likelihood = Likelihood.of(likelihoodSpec, network);
    if (config.design().objective() == Design.Objective.ELBO) {
      return NegativeElbo.perWindow(network, likelihood, input, target, mask, noise, beta);
    }
    Posterior posterior = network.encode(input);
    return ImportanceWeights.negativeBound(
        ImportanceWeights.logWeights(
            network, likelihood, posterior, input, target, mask, noise, beta));
  }

  /** Equal weights for all windows but the worst; they add up to one. */
  static float[] keptWeights(float[] losses, double trim) {
    float[] sorted = losses.clone();
    Arrays.sort(sorted);
    int kept = Math.max(1, losses.length - (int) (trim * losses.length));
    float border = sorted[kept - 1];
    float[] weights = new float[losses.length];
    int chosen = 0;
    for (int i = 0; i < losses.length; i++) {
      if (chosen < kept && losses[i] <= border) {
        weights[i] = 1f / kept;
        chosen++;
      }
    }
    return weights;
  }

  /** Half a cosine from the configured rate down to a twentieth of it. */
  private double learningRate(int step) {
    double half = 0.5 * (1 + Math.cos(Math.PI * step / config.steps()));
    double share = LEAST_LEARNING_RATE_SHARE + (1 - LEAST_LEARNING_RATE_SHARE) * half;
    return config.learningRate() * share;
  }

  private TrainingException notANumber(int step, String what) {
    return new TrainingException(
        String.format(
            "the %s is not a finite number at step %s: no model can come of it; lower"
                + " learningRate (%s) or look at the span for values that are not measurements",
            what, step, config.learningRate()));
  }
}
