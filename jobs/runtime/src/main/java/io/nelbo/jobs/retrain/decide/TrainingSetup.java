package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.config.ImageConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TrainConfig;
import io.nelbo.jobs.config.TrainConfig.Likelihood;
import io.nelbo.jobs.config.TrainConfig.ScaleBy;
import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.FrameRules;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;

/** From the configuration's {@code train} section to the trainer's own terms. */
public final class TrainingSetup {
  private TrainingSetup() {}

  public static TrainingConfig of(NelboConfig config) {
    TrainConfig train = config.train();
    if (config.image().isConfigured()) {
      return ofFrames(config);
    }
    TrainingConfig defaults = TrainingConfig.defaults();
    double deviation =
        train.likelihood() == Likelihood.GAUSSIAN_FIXED
            ? train.deviation()
            : defaults.data().deviationFloor();
    return new TrainingConfig(
        train.family(),
        new DataRules(
            config.window().length(), train.scaleBy() == ScaleBy.SERIES, deviation, train.trim()),
        new NetworkSize(train.hidden(), train.latent(), train.scoringSamples()),
        defaults.design().withLikelihood(train.likelihood().settingName()),
        new Descent(
            train.steps(),
            train.batchSize(),
            train.learningRate(),
            defaults.descent().klWarmUp(),
            defaults.descent().trainingSamples()),
        config.alert().rules(),
        train.budget(),
        train.seed());
  }

  /** Sizes and steps of frames are by measurement; what else is configured holds for them too. */
  private static TrainingConfig ofFrames(NelboConfig config) {
    TrainConfig train = config.train();
    TrainingConfig usual = TrainingConfig.ofFrames();
    ImageConfig.Modelling image = config.image().modelling();
    FrameRules frames =
        new FrameRules(
            image.side(),
            image.normalise() == ImageConfig.Normalise.GAIN_OFFSET,
            image.mirror() == ImageConfig.Mirror.LEFT_RIGHT);
    return usual
        .withData(usual.data().withTrim(train.trim()).withFrames(frames))
        .withNetwork(
            new NetworkSize(train.hidden(), train.latent(), usual.network().scoringSamples()))
        .withSteps(train.steps())
        .withAlerts(config.alert().rules())
        .withBudget(train.budget())
        .withSeed(train.seed());
  }
}
