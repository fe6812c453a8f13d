package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TrainConfig;
import io.nelbo.jobs.config.TrainConfig.Likelihood;
import io.nelbo.jobs.config.TrainConfig.ScaleBy;
import io.nelbo.model.fit.TrainingConfig;

/** From the configuration's {@code train} section to the trainer's own terms. */
public final class TrainingSetup {
  private TrainingSetup() {}

  public static TrainingConfig of(NelboConfig config) {
    TrainConfig train = config.train();
    TrainingConfig defaults = TrainingConfig.defaults();
    TrainingConfig usual =
        new TrainingConfig(
            config.window().length(),
            train.hidden(),
            train.latent(),
            train.steps(),
            train.batchSize(),
            train.learningRate(),
            defaults.klWarmUp(),
            defaults.trainingSamples(),
            train.scoringSamples(),
            train.likelihood() == Likelihood.GAUSSIAN_FIXED
                ? train.deviation()
                : defaults.deviationFloor(),
            train.trim(),
            train.scaleBy() == ScaleBy.SERIES,
            train.budget(),
            train.seed());
    return usual
        .withFamily(train.family())
        .withAlerts(config.alert().rules())
        .withDesign(usual.design().withLikelihood(train.likelihood().settingName()));
  }
}
