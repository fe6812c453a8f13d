package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.EmbeddedBroker;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.PassThrough;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicProgress;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.retrain.TrainingSetup;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingListener;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * What every measurement stands on: a broker with preloaded records, a model, and jobs that run
 * over them. Each run reads all records with a group of its own; its speed is the slope of that
 * group's committed offsets.
 */
final class BenchGround implements AutoCloseable {
  private static final String MODEL = "bench";
  private static final String RECORDS = "bench.sensors.records";
  private static final int TRAINING_ROWS_PER_SERIES = 200;
  private static final int TRAINED_SERIES = 50;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** One run of one job. */
  @FunctionalInterface
  interface Run {
    BenchRun run() throws InterruptedException, ExecutionException;
  }

  private final BenchPlan plan;
  private final Path folder;
  private final Consumer<String> progress;
  private final BenchStream stream;
  private final EmbeddedBroker broker;
  private final TopicAdmin topics;
  private final TopicProgress offsets;
  private int runs;

  /**
   * Starts the broker and preloads the records.
   *
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  BenchGround(BenchPlan plan, Path folder, Consumer<String> progress) throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
    stream = new BenchStream(plan.features(), plan.series(), plan.seed());
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    topics = new TopicAdmin(broker.bootstrapServers(), TIMEOUT);
    topics.create(List.of(new TopicSpec(RECORDS, plan.partitions())));
    preload();
    offsets = new TopicProgress(KafkaConnectors.clientProperties(config("probe", "probe")));
  }

  /** Log bytes per preloaded record. */
  double bytesInPerRecord() throws InterruptedException {
    return (double) offsets.bytes(List.of(RECORDS)) / plan.records();
  }

  /** Runs the job for as long as the plan warms up. */
  void warmUp(Run run, String name) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    progress.accept("warming up the " + name);
    do {
      run.run();
    } while (System.nanoTime() - start < plan.warmUp().toNanos());
  }

  BenchRun passThrough() throws InterruptedException, ExecutionException {
    String name = "copy-" + runs++;
    String copy = "bench." + name;
    topics.create(List.of(new TopicSpec(copy, plan.partitions())));
    NelboConfig config = config(name, name);
    return new MeasuredJob(config, new KafkaConnectors(config, "pass-through").group(), offsets)
        .run(env -> PassThrough.define(env, config, copy), plan.records(), List.of(copy), topics);
  }

  /**
   * @param models topic of the model events
   */
  BenchRun score(String models) throws InterruptedException, ExecutionException {
    String name = "score-" + runs++;
    NelboConfig config = config(name, models);
    List<String> outputs =
        List.of(
            config.topics().scores(), config.topics().anomalies(), config.topics().deadLetters());
    topics.create(outputs.stream().map(t -> new TopicSpec(t, plan.partitions())).toList());
    return new MeasuredJob(config, new KafkaConnectors(config, "score").group(), offsets)
        .run(env -> ScoreJob.define(env, config), plan.records(), outputs, topics);
  }

  /** A new model topic on which this artifact governs all records; the caller closes it. */
  RecordProducer modelTopic(String name, PublishedArtifact governing) {
    topics.create(List.of(new TopicSpec(name, 1)));
    RecordProducer models = new RecordProducer(broker.bootstrapServers(), name);
    models.send(MODEL, Instant.ofEpochMilli(0), Disturber.announcement(governing));
    models.flush();
    return models;
  }

  /** Trains and publishes a model of records that come before the measured ones. */
  PublishedArtifact model(long version) throws IOException, TrainingException {
    NelboConfig config = config("train", "train");
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

  private void preload() {
    progress.accept("preloading %,d records".formatted(plan.records()));
    SensorRecordWriter writer = new SensorRecordWriter();
    try (RecordProducer producer = new RecordProducer(broker.bootstrapServers(), RECORDS)) {
      for (long i = 0; i < plan.records(); i++) {
        long time = stream.timeOf(i);
        producer.send(
            stream.seriesOf(i),
            Instant.ofEpochMilli(time),
            writer.write(stream.seriesOf(i), time, stream.next(), -1));
      }
      producer.flush();
    }
  }

  private NelboConfig config(String name, String models) {
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
        train: {steps: 2000}
        job:
          parallelism: %d
          checkpoint-interval: 500ms
          guarantee: %s
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
                plan.exactlyOnce() ? "exactly-once" : "at-least-once");
    return new ConfigLoader().parse(yaml, "benchmark configuration");
  }

  @Override
  public void close() throws IOException {
    offsets.close();
    broker.close();
  }
}
