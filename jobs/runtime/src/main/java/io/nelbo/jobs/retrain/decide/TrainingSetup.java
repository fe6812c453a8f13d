package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TrainConfig;
import io.nelbo.jobs.config.TrainConfig.Likelihood;
import io.nelbo.jobs.config.TrainConfig.ScaleBy;
import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;

/** From the configuration's {@code train} section to the trainer's own terms. */
public final class TrainingSetup {
  private TrainingSetup() {}

  public static TrainingConfig of(NelboConfig config) {
    TrainConfig train = config.train();
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
}
