package io.nelbo.jobs.config;

import java.io.Serializable;
import java.util.List;

/**
 * One YAML file, one detector.
 *
 * @param detector its name, lower-case words with dashes: prefix of ids, groups and transactions
 * @param features names of the features in the order that the model sees them
 */
public record NelboConfig(
    String detector,
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
    implements Serializable {}
