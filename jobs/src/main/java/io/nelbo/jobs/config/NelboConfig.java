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

  /** The same with another section. */
  public NelboConfig withTopics(TopicsConfig newTopicsConfig) {
    return new NelboConfig(
        detector,
        features,
        kafka,
        source,
        newTopicsConfig,
        order,
        series,
        window,
        batch,
        model,
        alert,
        retrain,
        train,
        job);
  }

  /** The same with another section. */
  public NelboConfig withOrder(OrderConfig newOrderConfig) {
    return new NelboConfig(
        detector,
        features,
        kafka,
        source,
        topics,
        newOrderConfig,
        series,
        window,
        batch,
        model,
        alert,
        retrain,
        train,
        job);
  }

  /** The same with another section. */
  public NelboConfig withModel(ModelConfig newModelConfig) {
    return new NelboConfig(
        detector,
        features,
        kafka,
        source,
        topics,
        order,
        series,
        window,
        batch,
        newModelConfig,
        alert,
        retrain,
        train,
        job);
  }

  /** The same with another section. */
  public NelboConfig withJob(JobConfig newJobConfig) {
    return new NelboConfig(
        detector,
        features,
        kafka,
        source,
        topics,
        order,
        series,
        window,
        batch,
        model,
        alert,
        retrain,
        train,
        newJobConfig);
  }
}
