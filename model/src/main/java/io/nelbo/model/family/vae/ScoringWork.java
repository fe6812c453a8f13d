package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.measure.StageClock;
import io.nelbo.model.measure.StageTimes;
import io.nelbo.model.measure.Stages;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;

/** Scores one batch of made-up windows with weights that are drawn. */
final class ScoringWork implements EngineWork {
  private final MadeUpWindows madeUp;
  private final DenseScorer scorer;
  private final float[] windows;
  private final int batch;
  private final int draws;

  /**
   * @param config its network, and its draws per score
   * @param device as {@link EngineDevice#named} knows it
   * @throws IllegalArgumentException when the engine has no such device
   */
  ScoringWork(TrainingConfig config, int features, int batch, String device) {
    this.batch = batch;
    draws = config.network().scoringSamples();
    madeUp = new MadeUpWindows(config, features);
    windows = madeUp.copy(batch);
    Architecture architecture = madeUp.architecture();
    DenseLayout layout = architecture.layout();
    FlatParameters flat = new FlatParameters(layout.shapes());
    Tensor noise = NoiseBank.draw(draws, layout.latent(), ~config.seed());
    scorer =
        DenseScorer.of(
            architecture.weights(flat.initial(config.seed(), layout.small()), flat, noise),
            EngineDevice.named(device));
  }

  @Override
  public void once() {
    scorer.score(windows, batch, Stages.NONE);
  }

  @Override
  public StageTimes timed() {
    StageClock clock = new StageClock(System::nanoTime);
    long start = System.nanoTime();
    scorer.score(windows, batch, clock);
    return clock.times(System.nanoTime() - start);
  }

  @Override
  public long multiplications() {
    return madeUp.multiplications(draws);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
