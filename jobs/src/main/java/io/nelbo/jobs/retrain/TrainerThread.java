package io.nelbo.jobs.retrain;

import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.Training;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingException;
import io.nelbo.model.train.TrainingReport;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that trains, publishes, and reports. At most one training at a time; closing it stops
 * a running one at its next step.
 */
final class TrainerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerThread.class);
  private static final long STOP_SECONDS = 30;

  /** The figure of a manifest that the announcement repeats. */
  private static final String HELD_OUT = "held_out_negative_elbo";

  /** How a training ended. */
  sealed interface Outcome {
    TrainingSpan span();

    record Published(
        TrainingSpan span, PublishedArtifact artifact, double heldOutNegativeElbo, String remarks)
        implements Outcome {}

    record Failed(TrainingSpan span, String reason) implements Outcome {}
  }

  private final String modelId;
  private final TrainingConfig config;
  private final AlarmBudget budget;
  private final ArtifactStore store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread trainer = new Thread(task, "nelbo-trainer");
            trainer.setDaemon(true);
            return trainer;
          });
  private volatile boolean busy;
  private volatile boolean closing;

  /**
   * @param budget asked of the model; a remark says when it cannot keep to it
   */
  TrainerThread(String modelId, TrainingConfig config, AlarmBudget budget, ArtifactStore store) {
    this.modelId = modelId;
    this.config = config;
    this.budget = budget;
    this.store = store;
  }

  boolean isBusy() {
    return busy;
  }

  /** Starts a training; the outcome is handed over on the trainer's thread, unless closed. */
  void train(TrainingSpan span, Consumer<Outcome> listener) {
    busy = true;
    thread.execute(
        () -> {
          Outcome outcome = outcome(span);
          if (!closing) {
            listener.accept(outcome);
          }
        });
  }

  /** The listener has dealt with the outcome: the next training may start. */
  void done() {
    busy = false;
  }

  /** In all cases: without an outcome the job would wait for one, healthy and idle, for ever. */
  private Outcome outcome(TrainingSpan span) {
    try {
      return published(span);
    } catch (TrainingException | IOException | RuntimeException | Error failure) {
      if (!closing) {
        LOG.warn("training on {} rows failed; the incumbent stays", span.records(), failure);
      }
      return new Outcome.Failed(
          span,
          failure instanceof Error ? failure.toString() : String.valueOf(failure.getMessage()));
    }
  }

  private Outcome published(TrainingSpan span) throws TrainingException, IOException {
    Optional<Outcome> before = publishedBefore(span);
    if (before.isPresent()) {
      return before.get();
    }
    long version = store.nextVersion(modelId);
    Training training =
        new Trainer()
            .train(
                new TrainingRequest(modelId, version, span, config, "first"), progress -> !closing);
    PublishedArtifact artifact = store.publish(training.artifact());
    TrainingReport report = training.report();
    LOG.info(
        "trained {} {} on {} rows in {} s: held-out negative ELBO {} nats",
        artifact.modelId(),
        artifact.version(),
        span.records(),
        Math.round(report.seconds()),
        report.heldOutNegativeElbo());
    List<String> remarks = new ArrayList<>();
    ProvisionalModel.remark(training.artifact().manifest().calibration(), budget)
        .ifPresent(remarks::add);
    remarks.addAll(report.warnings());
    return new Outcome.Published(
        span, artifact, report.heldOutNegativeElbo(), String.join("; ", remarks));
  }

  /**
   * An artifact of these very records and settings: published before a failure could announce it.
   */
  private Optional<Outcome> publishedBefore(TrainingSpan span) throws IOException {
    String digest = span.digest();
    for (PublishedArtifact version : store.list(modelId)) {
      Optional<Manifest> manifest = valid(version).filter(known -> isOf(span, digest, known));
      if (manifest.isPresent()) {
        double heldOut = manifest.get().figures().getOrDefault(HELD_OUT, Double.NaN);
        return Optional.of(new Outcome.Published(span, version, heldOut, "published before"));
      }
    }
    return Optional.empty();
  }

  private boolean isOf(TrainingSpan span, String digest, Manifest manifest) {
    return manifest.provenance().dataDigest().equals(digest)
        && manifest.provenance().seed() == config.seed()
        && manifest.network().hidden().equals(config.hiddenLayers())
        && manifest.network().activation().equals(config.design().activation())
        && manifest.likelihood().kind().equals(config.design().likelihood())
        && manifest.likelihood().deviationFloor() == config.deviationFloor()
        && (config.latent() == 0 || manifest.network().latent() == config.latent())
        && manifest.noise().samples() == config.scoringSamples()
        && manifest.calibration().refusal(budget).isEmpty()
        && manifest.provenance().spanStartMillis() == span.startMillis()
        && manifest.provenance().spanEndMillis() == span.endMillis()
        && manifest.featureNames().equals(span.featureNames())
        && manifest.windowLength() == config.windowLength();
  }

  /** Empty for a damaged one: an old version must not stand in the way of a new one. */
  private Optional<Manifest> valid(PublishedArtifact version) throws IOException {
    try {
      return Optional.of(store.load(version.uri(), version.sha256()).manifest());
    } catch (ArtifactException damaged) {
      LOG.warn("{} {} is damaged: {}", modelId, version.version(), damaged.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.shutdown();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("the trainer did not stop within {} s", STOP_SECONDS);
    }
  }
}
