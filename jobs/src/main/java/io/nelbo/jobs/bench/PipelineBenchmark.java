package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.EmbeddedBroker;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.kafka.PassThrough;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicProgress;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.retrain.TrainingSetup;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.jobs.stream.ModelNotice;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Measures the score job against a pass-through of bytes over the same topic, broker and process:
 * what the user pays is the pipeline, so the pipeline is the yardstick.
 *
 * <p>The records are preloaded; each run reads them with a group of its own, and its speed is the
 * slope of that group's committed offsets. Runs of the two jobs alternate, after a warm-up of each.
 */
public final class PipelineBenchmark {
  private static final String MODEL = "bench";
  private static final String RECORDS = "bench.sensors.records";
  private static final int TRAINING_ROWS_PER_SERIES = 200;
  private static final int TRAINED_SERIES = 50;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final BenchPlan plan;
  private final Path folder;
  private final Consumer<String> progress;
  private int runs;

  /**
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  public PipelineBenchmark(BenchPlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public BenchReport run()
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      String servers = broker.bootstrapServers();
      TopicAdmin topics = new TopicAdmin(servers, TIMEOUT);
      topics.create(
          List.of(
              new TopicSpec(RECORDS, plan.partitions()), new TopicSpec("bench.sensors.models", 1)));
      BenchStream stream = new BenchStream(plan.features(), plan.series(), plan.seed());
      announceModel(servers, stream);
      preload(servers, stream);
      try (TopicProgress offsets =
          new TopicProgress(KafkaConnectors.clientProperties(config(servers, stream, "probe")))) {
        return measure(servers, stream, topics, offsets);
      }
    }
  }

  private BenchReport measure(
      String servers, BenchStream stream, TopicAdmin topics, TopicProgress offsets)
      throws InterruptedException, ExecutionException {
    double bytesIn = (double) offsets.bytes(List.of(RECORDS)) / plan.records();
    warmUp(() -> passThrough(servers, stream, topics, offsets), "pass-through");
    warmUp(() -> score(servers, stream, topics, offsets), "score job");
    List<BenchRun> passThrough = new ArrayList<>();
    List<BenchRun> score = new ArrayList<>();
    for (int i = 0; i < plan.runs(); i++) {
      passThrough.add(passThrough(servers, stream, topics, offsets));
      score.add(score(servers, stream, topics, offsets));
      progress.accept(
          "run %d of %d: pass-through %,.0f, score job %,.0f records/s"
              .formatted(
                  i + 1,
                  plan.runs(),
                  passThrough.get(i).recordsPerSecond(),
                  score.get(i).recordsPerSecond()));
    }
    return new BenchReport(plan, bytesIn, passThrough, score);
  }

  private interface Run {
    BenchRun run() throws InterruptedException, ExecutionException;
  }

  private void warmUp(Run run, String name) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    progress.accept("warming up the " + name);
    do {
      run.run();
    } while (System.nanoTime() - start < plan.warmUp().toNanos());
  }

  private BenchRun passThrough(
      String servers, BenchStream stream, TopicAdmin topics, TopicProgress offsets)
      throws InterruptedException, ExecutionException {
    String name = "copy-" + runs++;
    String copy = "bench." + name;
    topics.create(List.of(new TopicSpec(copy, plan.partitions())));
    NelboConfig config = config(servers, stream, name);
    return new MeasuredJob(config, new KafkaConnectors(config, "pass-through").group(), offsets)
        .run(env -> PassThrough.define(env, config, copy), plan.records(), List.of(copy), topics);
  }

  private BenchRun score(
      String servers, BenchStream stream, TopicAdmin topics, TopicProgress offsets)
      throws InterruptedException, ExecutionException {
    String name = "score-" + runs++;
    NelboConfig config = config(servers, stream, name);
    List<String> outputs =
        List.of(
            config.topics().scores(), config.topics().anomalies(), config.topics().deadLetters());
    topics.create(outputs.stream().map(t -> new TopicSpec(t, plan.partitions())).toList());
    return new MeasuredJob(config, new KafkaConnectors(config, "score").group(), offsets)
        .run(env -> ScoreJob.define(env, config), plan.records(), outputs, topics);
  }

  private void announceModel(String servers, BenchStream stream)
      throws IOException, TrainingException {
    progress.accept("training the model");
    NelboConfig config = config(servers, stream, "train");
    TrainingSpan span =
        stream.span(TRAINING_ROWS_PER_SERIES, Math.min(TRAINED_SERIES, plan.series()));
    PublishedArtifact artifact =
        new LocalArtifactStore(Path.of(config.model().store()))
            .publish(
                new Trainer()
                    .train(
                        new TrainingRequest(MODEL, 1, span, TrainingSetup.of(config), "manual"),
                        TrainingListener.NONE)
                    .artifact());
    ModelNotice notice =
        new ModelNotice(
            -1,
            ModelNotice.ACTIVATED,
            MODEL,
            artifact.version(),
            artifact.uri(),
            artifact.sha256(),
            0,
            span.startMillis(),
            span.endMillis(),
            span.records(),
            Double.NaN,
            "",
            "manual",
            span.endMillis());
    try (RecordProducer models = new RecordProducer(servers, config.topics().models())) {
      models.send(MODEL, Instant.ofEpochMilli(0), new ModelNoticeCodec().write(notice));
      models.flush();
    }
  }

  private void preload(String servers, BenchStream stream) {
    progress.accept("preloading %,d records".formatted(plan.records()));
    SensorRecordWriter writer = new SensorRecordWriter();
    try (RecordProducer producer = new RecordProducer(servers, RECORDS)) {
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

  private NelboConfig config(String servers, BenchStream stream, String name) {
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
          models: bench.sensors.models
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
                servers,
                RECORDS,
                name,
                name,
                name,
                name,
                plan.scoresMode(),
                plan.windowLength(),
                plan.batchSize(),
                MODEL,
                folder.resolve("store"),
                plan.partitions(),
                plan.exactlyOnce() ? "exactly-once" : "at-least-once");
    return new ConfigLoader().parse(yaml, "benchmark configuration");
  }
}
