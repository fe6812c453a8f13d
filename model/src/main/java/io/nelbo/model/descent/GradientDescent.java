package io.nelbo.model.descent;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.network.FlatParameters;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Finds the parameters of any objective: minibatches, warm-up, trimming, early stopping on held-out
 * windows.
 *
 * <p>The parameters live on the heap; each step copies them to the engine, takes one gradient and
 * drops everything native. Batches, noise and hidden entries are drawn in Java, so that one native
 * thread and one seed give the same bits.
 */
public final class GradientDescent {
  private static final double MOST_GRADIENT_NORM = 20;
  private static final double LEAST_LEARNING_RATE_SHARE = 0.05;

  private final Objective objective;
  private final DescentPlan plan;
  private final FlatParameters flat;
  private final NDManager manager;
  private final AlignedFloats thetaMemory;
  private final AlignedFloats weightMemory;

  /**
   * @param manager closed by the caller; holds nothing between steps
   */
  public GradientDescent(Objective objective, DescentPlan plan, NDManager manager) {
    this.objective = objective;
    this.plan = plan;
    this.manager = manager;
    flat = new FlatParameters(objective.shapes());
    thetaMemory = new AlignedFloats(flat.size());
    weightMemory = new AlignedFloats(objective.batchSize());
  }

  /**
   * Where descent ended; the parameters are those of the best evaluation.
   *
   * @param heldOut figure of flat parameters on windows that the gradient never sees; the smaller
   *     the better
   */
  public Descended run(
      ToDoubleFunction<float[]> heldOut, TrainingListener listener, BooleanSupplier timeIsUp)
      throws TrainingException {
    Stepper stepper = stepper();
    Descended.Tracker tracker = new Descended.Tracker(stepper.parameters);
    int evaluateEvery = plan.evaluateEvery();
    for (int step = 1; step <= plan.steps(); step++) {
      double loss = stepper.step(step, Stages.NONE);
      boolean last = step == plan.steps() || timeIsUp.getAsBoolean();
      if (last || (plan.isWarm(step) && step % evaluateEvery == 0)) {
        tracker.evaluated(step, stepper.parameters, heldOut.applyAsDouble(stepper.parameters));
      }
      TrainingProgress progress =
          new TrainingProgress(step, plan.steps(), loss, tracker.lastFigure());
      tracker.note(progress);
      if (!listener.onProgress(progress) || Thread.currentThread().isInterrupted()) {
        throw new TrainingException("training was stopped at step " + step);
      }
      if (last || tracker.evaluationsSinceBest() >= plan.patience()) {
        break;
      }
    }
    return tracker.best();
  }

  /** Takes single steps from the initial parameters on. */
  public Stepper stepper() {
    return new Stepper(objective.initial());
  }

  /** Parameters on their way down. */
  public final class Stepper {
    private final float[] parameters;
    private final Adam adam;

    private Stepper(float[] initial) {
      parameters = initial.clone();
      adam = new Adam(parameters.length, MOST_GRADIENT_NORM);
    }

    /**
     * From the next batch to new parameters.
     *
     * @param step of those that are planned, from 1 on
     * @return the batch's loss before, per window
     */
    public double step(int step, Stages stages) throws TrainingException {
      objective.next();
      Gradient gradient = gradient(parameters, step, stages);
      if (!adam.step(parameters, gradient.slopes(), learningRate(step))) {
        throw notANumber(step, "gradient");
      }
      return gradient.loss();
    }
  }

  private record Gradient(double loss, @SuppressWarnings("ArrayRecordComponent") float[] slopes) {}

  private Gradient gradient(float[] parameters, int step, Stages stages) throws TrainingException {
    int rows = objective.batchSize();
    try (NDManager call = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      thetaMemory.put(0, parameters);
      stages.packed();
      NDArray theta = thetaMemory.view(call, new Shape(parameters.length));
      theta.setRequiresGradient(true);
      NDArray losses = objective.losses(flat.split(theta), plan.warmth(step), call, stages);
      float[] perWindow = losses.toFloatArray();
      float[] weights = keptWeights(perWindow, plan.isWarm(step) ? plan.trim() : 0);
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

  /** Half a cosine from the planned rate down to a twentieth of it. */
  private double learningRate(int step) {
    double half = 0.5 * (1 + Math.cos(Math.PI * step / plan.steps()));
    double share = LEAST_LEARNING_RATE_SHARE + (1 - LEAST_LEARNING_RATE_SHARE) * half;
    return plan.learningRate() * share;
  }

  private TrainingException notANumber(int step, String what) {
    return new TrainingException(
        String.format(
            "the %s is not a finite number at step %s: no model can come of it; lower"
                + " learningRate (%s) or look at the span for values that are not measurements",
            what, step, plan.learningRate()));
  }
}
