package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.PassThrough;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Jobs that work off preloaded records as fast as they can. Each run reads all of them with a group
 * of its own; its speed is the slope of that group's committed offsets.
 */
final class BacklogRuns {
  private final BacklogPlan plan;
  private final BenchGround ground;
  private final Consumer<String> progress;
  private int runs;

  /** One run of one job. */
  @FunctionalInterface
  interface Run {
    BenchRun run() throws InterruptedException, ExecutionException;
  }

  /**
   * Preloads the records.
   *
   * @param ground stays open
   * @param progress hears one line now and then
   */
  BacklogRuns(BacklogPlan plan, BenchGround ground, Consumer<String> progress) {
    this.plan = plan;
    this.ground = ground;
    this.progress = progress;
    preload();
  }

  private void preload() {
    progress.accept("preloading %,d records".formatted(plan.records()));
    SensorRecordWriter writer = new SensorRecordWriter();
    BenchStream stream = ground.stream();
    try (RecordProducer producer = ground.recordProducer()) {
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

  /** Log bytes per preloaded record. */
  double bytesInPerRecord() throws InterruptedException {
    return (double) ground.recordBytes() / plan.records();
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
    ground.topics().create(List.of(new TopicSpec(copy, plan.bench().partitions())));
    NelboConfig config = ground.config(name, name, "");
    return new MeasuredJob(
            config, new KafkaConnectors(config, "pass-through").group(), ground.offsets())
        .run(
            env -> PassThrough.define(env, config, copy),
            plan.records(),
            List.of(copy),
            ground.topics());
  }

  /**
   * @param models topic of the model events
   */
  BenchRun score(String models) throws InterruptedException, ExecutionException {
    NelboConfig config = ground.config("score-" + runs++, models, "");
    List<String> outputs = ground.makeOutputs(config);
    return new MeasuredJob(config, new KafkaConnectors(config, "score").group(), ground.offsets())
        .run(env -> ScoreJob.define(env, config), plan.records(), outputs, ground.topics());
  }
}
