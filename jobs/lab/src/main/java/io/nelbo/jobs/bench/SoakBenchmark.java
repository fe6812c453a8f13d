package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelEventReader;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.jobs.retrain.job.RetrainJob;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Swaps and trainings by the thousand on a live stream, and what memory does meanwhile. The retrain
 * job trains slide after slide on the same stream and announces beside the swaps.
 */
public final class SoakBenchmark {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final String RETRAIN =
      """
      retrain: {span: 8s, every: 2s, min-rows: 2000, gate: always, drift: off}
      train: {steps: 500}
      """;

  private final SoakPlan plan;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  public SoakBenchmark(SoakPlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public SoakReport run()
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    ProcessMemory memory = new ProcessMemory();
    try (BenchGround ground = new BenchGround(plan.bench(), folder)) {
      progress.accept("training the models");
      List<PublishedArtifact> inTurn = ground.modelsInTurn();
      NelboConfig config = ground.config("soak", "bench.soak.models", RETRAIN);
      ground.makeOutputs(config);
      try (RecordProducer models = ground.modelTopic(config.topics().models(), inTurn.get(0));
          RunningJob score = new RunningJob("score", env -> ScoreJob.define(env, config))) {
        List<MemorySample> samples;
        LiveStream stream = new LiveStream(ground, plan.recordsPerSecond());
        try (stream;
            RunningJob retrain = new RunningJob("retrain", env -> RetrainJob.define(env, config))) {
          samples =
              soak(
                  Announcements.live(models, inTurn),
                  new Decisions(ground.bootstrapServers(), config.topics().models()),
                  memory,
                  List.of(score, retrain));
        }
        return SoakReport.of(plan, samples, new ScoredTimes(ground, config).read(stream.sent()));
      }
    }
  }

  private List<MemorySample> soak(
      Announcements swaps, Decisions decisions, ProcessMemory memory, List<RunningJob> jobs)
      throws IOException, InterruptedException, ExecutionException {
    List<MemorySample> samples = new ArrayList<>();
    long start = System.nanoTime();
    long swapped = 0;
    double nextLook = 0;
    try (decisions) {
      while (swapped < plan.swaps() || decisions.trainings() < plan.trainings()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seconds > plan.mostSeconds()) {
          throw new IllegalStateException(
              "%s of %s swaps and %s of %s trainings in %.0f s: the jobs do not keep up"
                  .formatted(
                      swapped, plan.swaps(), decisions.trainings(), plan.trainings(), seconds));
        }
        for (; swapped < plan.swaps() && swapped < seconds * plan.swapsPerSecond(); swapped++) {
          swaps.announce();
        }
        if (seconds >= nextLook) {
          nextLook = seconds + LOOK_EVERY.toSeconds();
          for (RunningJob job : jobs) {
            job.requireRunning();
          }
          decisions.look();
          samples.add(
              new MemorySample(
                  seconds,
                  swapped,
                  decisions.trainings(),
                  memory.heapBytes(),
                  memory.nativeBytes()));
          tell(samples);
        }
        Thread.sleep(5);
      }
    }
    return samples;
  }

  private void tell(List<MemorySample> samples) {
    if (samples.size() % 30 == 1) {
      MemorySample now = samples.get(samples.size() - 1);
      progress.accept(
          "%,d swaps, %d trainings, heap %.1f MiB, native %.1f MiB"
              .formatted(
                  now.swaps(),
                  now.trainings(),
                  now.heapBytes() / 1048576.0,
                  now.nativeBytes() / 1048576.0));
    }
  }

  /** Counts the retrain job's activations on the model topic. */
  private static final class Decisions implements AutoCloseable {
    private final TopicReader<ModelEvent> events;
    private long trainings;

    Decisions(String bootstrapServers, String topic) {
      events = TopicReader.ofValues(bootstrapServers, topic, new ModelEventReader()::read);
    }

    void look() {
      for (ModelEvent event : events.poll(Duration.ofMillis(1))) {
        if (event.getKind() == ModelEventKind.ACTIVATED
            && event.getTriggeredBy() != ModelTrigger.MANUAL) {
          trainings++;
        }
      }
    }

    long trainings() {
      return trainings;
    }

    @Override
    public void close() {
      events.close();
    }
  }
}
