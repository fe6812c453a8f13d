package io.nelbo.jobs.bench;

import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Measures the score job against a pass-through of bytes over the same topic, broker and process:
 * what the user pays is the pipeline, so the pipeline is the yardstick. Runs of the two jobs
 * alternate, after a warm-up of each.
 */
public final class PipelineBenchmark {
  private static final String MODELS = "bench.sensors.models";

  private final BacklogPlan plan;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  public PipelineBenchmark(BacklogPlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public BenchReport run()
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    try (BenchGround ground = new BenchGround(plan.bench(), folder)) {
      progress.accept("training the model");
      ground.modelTopic(MODELS, ground.model(1)).close();
      return measure(new BacklogRuns(plan, ground, progress));
    }
  }

  private BenchReport measure(BacklogRuns jobs) throws InterruptedException, ExecutionException {
    jobs.warmUp(jobs::passThrough, "pass-through");
    jobs.warmUp(() -> jobs.score(MODELS), "score job");
    List<BenchRun> passThrough = new ArrayList<>();
    List<BenchRun> score = new ArrayList<>();
    for (int i = 0; i < plan.runs(); i++) {
      passThrough.add(jobs.passThrough());
      score.add(jobs.score(MODELS));
      progress.accept(
          "run %d of %d: pass-through %,.0f, score job %,.0f records/s"
              .formatted(
                  i + 1,
                  plan.runs(),
                  passThrough.get(i).recordsPerSecond(),
                  score.get(i).recordsPerSecond()));
    }
    return new BenchReport(plan, jobs.bytesInPerRecord(), passThrough, score);
  }
}
