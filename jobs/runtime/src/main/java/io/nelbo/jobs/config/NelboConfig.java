package io.nelbo.jobs.config;

import io.nelbo.model.record.RecordColumns;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** One YAML file, one detector. */
public record NelboConfig(
    @Setting(means = "its name, lower-case words with dashes", required = true) String detector,
    @Setting(means = "names of the features in the order that the model sees them", required = true)
        List<String> features,
    ContextConfig context,
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

  /** Names of the values that a record brings: features, then the fields of the context. */
  public List<String> measured() {
    return Stream.concat(features.stream(), context.fields().stream()).toList();
  }

  /** What the values of a record are once its calendar has been added. */
  public RecordColumns columns() {
    return new RecordColumns(features, context.fields(), context.cycleNames());
  }

  /** The same with other topics. */
  public NelboConfig withTopics(TopicsConfig others) {
    return with(others, order, model);
  }

  /** The same with another order. */
  public NelboConfig withOrder(OrderConfig other) {
    return with(topics, other, model);
  }

  /** The same with other rules for models. */
  public NelboConfig withModel(ModelConfig other) {
    return with(topics, order, other);
  }

  private NelboConfig with(
      TopicsConfig otherTopics, OrderConfig otherOrder, ModelConfig otherModel) {
    return new NelboConfig(
        detector,
        features,
        context,
        kafka,
        source,
        otherTopics,
        otherOrder,
        series,
        window,
        batch,
        otherModel,
        alert,
        retrain,
        train,
        job);
  }
}
