package io.nelbo.jobs.models;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.serve.AcceptedModels;
import io.nelbo.jobs.serve.ServingSettings;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.jobs.store.ArtifactStores;

/** What a configuration says of the models that serve, in the words of what serves them. */
public final class ConfiguredModels {
  private ConfiguredModels() {}

  /** Opens the configured store's models. */
  public static StoreDetectorFactory detectors(NelboConfig config) {
    ModelConfig model = config.model();
    return new StoreDetectorFactory(
        () -> ArtifactStores.open(model),
        accepted(config),
        new ServingSettings(config.alert().budget(), model.minObserved(), model.device()));
  }

  /** Those that see what the configuration gives them. */
  public static AcceptedModels accepted(NelboConfig config) {
    return new AcceptedModels(config.model().id(), config.shape(), config.window().length());
  }
}
