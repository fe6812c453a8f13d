package io.nelbo.jobs.bench;

import io.nelbo.jobs.broker.EmbeddedBroker;
import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicProgress;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.retrain.decide.TrainingSetup;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What every measurement stands on: a broker, a topic of records, a store and its models. */
final class BenchGround implements AutoCloseable {
  private static final String MODEL = "bench";
  private static final String RECORDS = "bench.sensors.records";
  private static final int TRAINING_ROWS_PER_SERIES = 200;
  private static final int TRAINED_SERIES = 50;
  private static final String TRAINING = "train: {steps: 2000}";
  private static final int MODELS_IN_TURN = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BenchPlan plan;
  private final Path folder;
  private final BenchStream stream;
  private final EmbeddedBroker broker;
  private final TopicAdmin topics;
  private final TopicProgress offsets;

  /**
   * Starts the broker.
   *
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   */
  BenchGround(BenchPlan plan, Path folder) throws IOException {
    this.plan = plan;
    this.folder = folder;
    stream = new BenchStream(plan.features(), plan.series(), plan.seed());
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    topics = new TopicAdmin(broker.bootstrapServers(), TIMEOUT);
    topics.create(List.of(new TopicSpec(RECORDS, plan.partitions())));
    offsets = new TopicProgress(KafkaConnectors.clientProperties(config("probe", "probe", "")));
  }

  BenchPlan plan() {
    return plan;
  }

  BenchStream stream() {
    return stream;
  }

  TopicAdmin topics() {
    return topics;
  }

  TopicProgress offsets() {
    return offsets;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Of the records; the caller closes it. */
  RecordProducer recordProducer() {
    return new RecordProducer(broker.bootstrapServers(), RECORDS);
  }

  /** Log bytes of the records. */
  long recordBytes() throws InterruptedException {
    return offsets.bytes(List.of(RECORDS));
  }

  /** Makes what a score job writes into; records there are stamped when they arrive. */
  List<String> makeOutputs(NelboConfig config) {
    List<String> outputs =
        List.of(
            config.topics().scores(), config.topics().anomalies(), config.topics().deadLetters());
    topics.create(
        outputs.stream()
            .map(name -> new TopicSpec(name, plan.partitions()).withArrivalTimes())
            .toList());
    return outputs;
  }

  /** A new model topic on which this artifact governs all records; the caller closes it. */
  RecordProducer modelTopic(String name, PublishedArtifact governing) {
    topics.create(List.of(new TopicSpec(name, 1)));
    RecordProducer models = new RecordProducer(broker.bootstrapServers(), name);
    models.send(MODEL, Instant.ofEpochMilli(0), Announcements.activation(governing, 0));
    models.flush();
    return models;
  }

  /** So many that each swap in turn loads one that is not open any more. */
  List<PublishedArtifact> modelsInTurn() throws IOException, TrainingException {
    List<PublishedArtifact> models = new ArrayList<>();
    for (int version = 1; version <= MODELS_IN_TURN; version++) {
      models.add(model(version));
    }
    return models;
  }

  /** Trains and publishes a model of records that come before the measured ones. */
  PublishedArtifact model(long version) throws IOException, TrainingException {
    NelboConfig config = config("train", "train", TRAINING);
    TrainingSpan span =
        stream.span(TRAINING_ROWS_PER_SERIES, Math.min(TRAINED_SERIES, plan.series()));
    return new LocalArtifactStore(Path.of(config.model().store()))
        .publish(
            new Trainer()
                .train(
                    new TrainingRequest(MODEL, version, span, TrainingSetup.of(config), "manual"),
                    TrainingListener.NONE)
                .artifact());
  }

  /**
   * Settings of one job.
   *
   * @param name of the job, its group and its output topics
   * @param models topic of the model events
   * @param further lines of YAML
   */
  NelboConfig config(String name, String models, String further) {
    String yaml =
        """
        detector: bench-%s
        features: [%s]
        kafka:
          bootstrap-servers: %s
          properties: {linger.ms: "5", batch.size: "65536"}
        source: {topic: %s, group: bench-%s}
        topics:
          scores: bench.%s.scores
          anomalies: bench.%s.anomalies
          dead-letters: bench.%s.dead-letters
          models: %s
          scores-mode: %s
        window: {length: %d}
        batch: {size: %d}
        model: {id: %s, store: '%s'}
        job:
          parallelism: %d
          checkpoint-interval: 500ms
          guarantee: %s
        %s
        """
            .formatted(
                name,
                String.join(", ", stream.featureNames()),
                broker.bootstrapServers(),
                RECORDS,
                name,
                name,
                name,
                name,
                models,
                plan.scoresMode(),
                plan.windowLength(),
                plan.batchSize(),
                MODEL,
                folder.resolve("store"),
                plan.partitions(),
                plan.exactlyOnce() ? "exactly-once" : "at-least-once",
                further);
    return new ConfigLoader().parse(yaml, "benchmark configuration");
  }

  @Override
  public void close() throws IOException {
    offsets.close();
    broker.close();
  }
}
