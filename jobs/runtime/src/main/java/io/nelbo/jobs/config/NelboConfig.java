package io.nelbo.jobs.config;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** One YAML file, one detector. */
public record NelboConfig(
    @Setting(means = "its name, lower-case words with dashes", required = true) String detector,
    @Inline RecordConfig record,
    @Inline Streams streams,
    @Inline Flow flow,
    ModelConfig model,
    AlertConfig alert,
    @Inline Learning learning,
    JobConfig job)
    implements Serializable {
  /** What a record is. */
  public record RecordConfig(
      @Setting(
              means =
                  "names of the features in the order that the model sees them; needed unless the"
                      + " records are images",
              fallback = "[]")
          List<String> features,
      ContextConfig context,
      ImageConfig image)
      implements Serializable {
    public RecordConfig {
      features = List.copyOf(features);
    }

    /** Names of the values that a record brings: features, then the fields of the context. */
    public List<String> measured() {
      return Stream.concat(features.stream(), context.fields().stream()).toList();
    }

    /** What the values of a record are once its calendar has been added. */
    public RecordShape shape() {
      return image.isConfigured()
          ? image.frames()
          : new RecordColumns(features, context.fields(), context.cycleNames());
    }
  }

  /** Where records come from and what is said of them goes. */
  public record Streams(KafkaConfig kafka, SourceConfig source, TopicsConfig topics)
      implements Serializable {}

  /** How the records of a series follow each other until they are scored. */
  public record Flow(OrderConfig order, SeriesConfig series, WindowConfig window, BatchConfig batch)
      implements Serializable {}

  /** How models are made. */
  public record Learning(RetrainConfig retrain, TrainConfig train) implements Serializable {}

  /** Names of the values that a record brings: features, then the fields of the context. */
  public List<String> measured() {
    return record.measured();
  }

  /** What the values of a record are once its calendar has been added. */
  public RecordShape shape() {
    return record.shape();
  }

  /**
   * The same of records of named columns.
   *
   * @throws IllegalArgumentException when the records are images
   */
  public RecordColumns columns() {
    return shape().named("what is done with columns of numbers");
  }

  /**
   * Whether records that are of one time are nevertheless different ones, in the order of their
   * partition: so where times are Kafka's, which a fast producer gives to many of a millisecond.
   */
  public boolean mayShareTimes() {
    return source().format() == SourceConfig.Format.IMAGE
        && source().headers().timeHeader().isEmpty()
        && order().bound().isZero();
  }

  public ImageConfig image() {
    return record.image();
  }

  /** The same with other topics. */
  public NelboConfig withTopics(TopicsConfig others) {
    return with(others, order(), model);
  }

  /** The same with another order. */
  public NelboConfig withOrder(OrderConfig other) {
    return with(topics(), other, model);
  }

  /** The same with other rules for models. */
  public NelboConfig withModel(ModelConfig other) {
    return with(topics(), order(), other);
  }

  private NelboConfig with(
      TopicsConfig otherTopics, OrderConfig otherOrder, ModelConfig otherModel) {
    return new NelboConfig(
        detector,
        record,
        new Streams(kafka(), source(), otherTopics),
        new Flow(otherOrder, series(), window(), batch()),
        otherModel,
        alert,
        learning,
        job);
  }

  public List<String> features() {
    return record.features();
  }

  public ContextConfig context() {
    return record.context();
  }

  public KafkaConfig kafka() {
    return streams.kafka();
  }

  public SourceConfig source() {
    return streams.source();
  }

  public TopicsConfig topics() {
    return streams.topics();
  }

  public OrderConfig order() {
    return flow.order();
  }

  public SeriesConfig series() {
    return flow.series();
  }

  public WindowConfig window() {
    return flow.window();
  }

  public BatchConfig batch() {
    return flow.batch();
  }

  public RetrainConfig retrain() {
    return learning.retrain();
  }

  public TrainConfig train() {
    return learning.train();
  }
}
