package io.nelbo.jobs.demo;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.TopicRecords;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.replay.ReplayPlan;
import io.nelbo.jobs.replay.ReplayRun;
import io.nelbo.jobs.replay.result.ReplayFiles;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * What a run leaves to look at: a replay of the very topics that it has written, which says the
 * same to the bit and is in files, and the models.
 */
public final class DemoReport {
  private final ReplayFiles files;
  private final String version;

  /**
   * @param folder of the replay; an older one there is replaced
   * @param version of this program, for the replay's figures
   */
  public DemoReport(Path folder, String version) {
    this.files = new ReplayFiles(folder.toAbsolutePath().normalize());
    this.version = version;
  }

  /** What is there once it is written. */
  public ReplayFiles files() {
    return files;
  }

  /**
   * Looks beforehand whether it may be written.
   *
   * @throws IOException when something is there that must not be lost
   */
  public void requireRoom() throws IOException {
    ReplayRun.requireRoom(files.folder(), true);
  }

  /**
   * Writes it, while the broker is there and the jobs have ended.
   *
   * @param config of the run; its models are moved into the folder
   * @throws IllegalStateException with the cause when the replay fails
   */
  void write(NelboConfig config, LiveView view) throws IOException, InterruptedException {
    ReplayRange all = ReplayRange.between(Optional.empty(), Optional.empty());
    ModelChoice models =
        new ModelChoice(config, new KafkaConnectors(config, "report").modelHistory());
    ReplayPlan plan =
        new ReplayPlan(
            config,
            TopicRecords.of(config, all, Duration.ZERO),
            all,
            new ReplayPlan.Models.Known(models.governing()),
            files.folder(),
            true);
    try {
      new ReplayRun(plan, Clock.systemUTC(), version).run(new Progress(view));
    } catch (ExecutionException | TrainingException e) {
      throw new IllegalStateException("the report failed: " + e.getMessage(), e);
    }
    Files.move(Path.of(config.model().store()), files.models());
  }

  private record Progress(LiveView view) implements ReplayRun.Listener {
    @Override
    public boolean onProgress(TrainingProgress progress) {
      return true;
    }

    @Override
    public void onRead(long read, long all) {
      view.status("writing the report: %,d of %,d records".formatted(Math.min(read, all), all));
    }
  }
}
