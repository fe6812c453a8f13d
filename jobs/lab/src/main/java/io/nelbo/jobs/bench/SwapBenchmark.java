package io.nelbo.jobs.bench;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.score.ScoreJob;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Measures on a live stream how long records wait for their scores: in the second before a new
 * model is announced, in the second from then on, and beside trainings in the same process.
 */
public final class SwapBenchmark {
  private final SwapPlan plan;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  public SwapBenchmark(SwapPlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public LatencyReport run()
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    try (BenchGround ground = new BenchGround(plan.bench(), folder)) {
      progress.accept("training the models");
      List<PublishedArtifact> inTurn = ground.modelsInTurn();
      NelboConfig config = ground.config("swaps", "bench.swaps.models", "");
      ground.makeOutputs(config);
      List<Long> announced = new ArrayList<>();
      try (RecordProducer models = ground.modelTopic(config.topics().models(), inTurn.get(0));
          RunningJob job = new RunningJob(config.detector(), env -> ScoreJob.define(env, config))) {
        LiveStream stream = new LiveStream(ground, plan.recordsPerSecond());
        long trainingFrom;
        long trainings;
        try (stream) {
          progress.accept("warming up");
          pass(plan.warmUp(), job);
          Announcements swaps = Announcements.live(models, inTurn);
          for (int i = 0; i < plan.swaps(); i++) {
            pass(plan.every(), job);
            announced.add(System.currentTimeMillis());
            swaps.announce();
          }
          pass(plan.every(), job);
          progress.accept("%s swaps done; training beside the stream".formatted(plan.swaps()));
          trainingFrom = System.currentTimeMillis();
          trainings = train(ground, inTurn.size(), job);
        }
        return LatencyReport.of(
            plan,
            announced,
            trainingFrom,
            trainings,
            new ScoredTimes(ground, config).read(stream.sent()));
      }
    }
  }

  private long train(BenchGround ground, int models, RunningJob job)
      throws InterruptedException, ExecutionException {
    AtomicLong version = new AtomicLong(models);
    try (Disturber trainer = new Disturber(() -> ground.model(version.incrementAndGet()))) {
      pass(plan.training(), job);
      return trainer.done();
    }
  }

  private static void pass(Duration time, RunningJob job)
      throws InterruptedException, ExecutionException {
    Thread.sleep(time.toMillis());
    job.requireRunning();
  }
}
