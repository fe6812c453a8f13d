package io.nelbo.jobs.bench;

import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Measures the score job alone, under attack by models that must be refused, under one swap after
 * another, and beside a training in the same process. The four alternate, so that a machine that is
 * busy with something else disturbs all of them.
 */
public final class DisturbanceBenchmark {
  private final BacklogPlan plan;
  private final Path folder;
  private final Consumer<String> progress;
  private final Map<Disturbance, List<BenchRun>> runs = new EnumMap<>(Disturbance.class);
  private final Map<Disturbance, Long> events = new EnumMap<>(Disturbance.class);
  private final AtomicLong version = new AtomicLong();

  /**
   * @param folder for the broker's data, the store and checkpoints; the caller deletes it
   * @param progress hears one line now and then
   */
  public DisturbanceBenchmark(BacklogPlan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  public DisturbanceReport run()
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    try (BenchGround ground = new BenchGround(plan.bench(), folder)) {
      progress.accept("training the models");
      List<PublishedArtifact> inTurn = ground.modelsInTurn();
      PublishedArtifact sound = inTurn.get(0);
      version.set(inTurn.size());
      List<PublishedArtifact> hostile = Attacks.of(sound, ground.model(version.incrementAndGet()));
      ground.modelTopic("bench.warm-up.models", sound).close();
      BacklogRuns jobs = new BacklogRuns(plan, ground, progress);
      jobs.warmUp(() -> jobs.score("bench.warm-up.models"), "score job");
      for (int i = 0; i < plan.runs(); i++) {
        for (Disturbance disturbance : Disturbance.values()) {
          String topic = "bench.%s-%d.models".formatted(disturbance.label(), i);
          try (RecordProducer models = ground.modelTopic(topic, sound)) {
            measure(
                disturbance,
                () -> jobs.score(topic),
                switch (disturbance) {
                  case NONE -> () -> {};
                  case ATTACKS -> new Announcements(models, hostile, () -> 0)::announce;
                  case SWAPS -> new Announcements(models, inTurn, () -> 0)::announce;
                  case TRAINING -> () -> ground.model(version.incrementAndGet());
                });
          }
        }
      }
    }
    return new DisturbanceReport(plan, runs, events);
  }

  private void measure(Disturbance disturbance, BacklogRuns.Run job, Disturber.Deed deed)
      throws InterruptedException, ExecutionException {
    BenchRun run;
    try (Disturber disturber = new Disturber(deed)) {
      run = job.run();
      events.merge(disturbance, disturber.done(), Long::sum);
    }
    runs.computeIfAbsent(disturbance, none -> new ArrayList<>()).add(run);
    progress.accept("%s: %,.0f records/s".formatted(disturbance.label(), run.recordsPerSecond()));
  }
}
