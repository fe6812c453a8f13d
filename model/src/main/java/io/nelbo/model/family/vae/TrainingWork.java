package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDManager;
import io.nelbo.model.descent.DescentPlan;
import io.nelbo.model.descent.GradientDescent;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.measure.StageClock;
import io.nelbo.model.measure.StageTimes;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.network.FlatParameters;

/**
 * Takes one gradient step after another on made-up windows: from the shuffled batch and its noise
 * to Adam's new parameters. Not beside a training in the same process.
 */
final class TrainingWork implements EngineWork {
  /** A backward pass multiplies twice as often as the forward pass before it. */
  private static final int FORWARD_AND_BACKWARD = 3;

  private final TrainingConfig config;
  private final MadeUpWindows madeUp;
  private final NDManager manager;
  private final GradientDescent.Stepper stepper;

  /**
   * @param config its network, batch and draws
   * @param device as {@link EngineDevice#named} knows it
   * @throws IllegalArgumentException when the engine has no such device
   */
  TrainingWork(TrainingConfig config, int features, String device) {
    this.config = config;
    madeUp = new MadeUpWindows(config, features);
    Architecture architecture = madeUp.architecture();
    DenseLayout layout = architecture.layout();
    float[] initial = new FlatParameters(layout.shapes()).initial(config.seed(), layout.small());
    manager = NDManager.newBaseManager(EngineDevice.named(device), "PyTorch");
    stepper =
        new GradientDescent(
                new VaeObjective(architecture, config, initial, madeUp.batches(config)),
                new DescentPlan(
                    config.descent().steps(),
                    config.descent().learningRate(),
                    config.descent().klWarmUp(),
                    config.data().trim()),
                manager)
            .stepper();
  }

  @Override
  public void once() {
    step(Stages.NONE);
  }

  @Override
  public StageTimes timed() {
    StageClock clock = new StageClock(System::nanoTime);
    long start = System.nanoTime();
    step(clock);
    return clock.times(System.nanoTime() - start);
  }

  private void step(Stages stages) {
    try {
      // As the last one: with the whole objective, and the trimming if there is any.
      stepper.step(config.descent().steps(), stages);
    } catch (TrainingException e) {
      throw new IllegalStateException("made-up windows cannot be trained on", e);
    }
  }

  @Override
  public long multiplications() {
    return FORWARD_AND_BACKWARD * madeUp.multiplications(config.descent().trainingSamples());
  }

  @Override
  public void close() {
    manager.close();
  }
}
