package io.nelbo.jobs.config;

import java.io.Serializable;
import java.util.List;

/** One YAML file, one detector. */
public record NelboConfig(
    @Setting(means = "its name, lower-case words with dashes", required = true) String detector,
    @Setting(means = "names of the features in the order that the model sees them", required = true)
        List<String> features,
    KafkaConfig kafka,
    SourceConfig source,
    TopicsConfig topics,
    OrderConfig order,
    SeriesConfig series,
    WindowConfig window,
    BatchConfig batch,
    ModelConfig model,
    AlertConfig alert,
    RetrainConfig retrain,
    TrainConfig train,
    JobConfig job)
    implements Serializable {
  public NelboConfig {
    features = List.copyOf(features);
  }
}
