package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.retrain.WatchedStore.Moment;
import io.nelbo.jobs.retrain.WatchedStore.Trap;
import io.nelbo.jobs.store.StoreLease;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whoever gets the lease next may be sure that nothing of this job is published any more. */
final class GivenBackLeaseIT {
  private static final int ROWS = 600;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  // The job runs in this process: its recipe for a store finds here what a job graph cannot carry.
  private static volatile Trap trap = new Trap(Moment.PUBLICATION_BEGINS);

  @TempDir private Path store;

  @Test
  void aJobThatIsCancelledInAPublicationKeepsItsLeaseUntilThisHasEnded() throws Exception {
    trap = new Trap(Moment.PUBLICATION_BEGINS);
    NelboConfig config = config();
    BROKER.createTopics(config, 1);
    ExecutorService canceller = Executors.newSingleThreadExecutor();
    try (RecordStream records =
        new RecordStream(BROKER.bootstrapServers(), config.source().topic(), 1, 2, 1_000)) {
      JobID job = CLUSTER.submit(job(config));
      records.send(ROWS);
      Await.until("the publication is caught", () -> trap.isReached());
      Callable<String> cancel = () -> CLUSTER.cancel(job);

      Future<String> cancelled = canceller.submit(cancel);
      Await.until("the task waits for its trainer", GivenBackLeaseIT::isTrainerAwaited);
      boolean heldMeanwhile = Files.exists(lease());
      int published = new LocalArtifactStore(store).list("test").size();
      trap.release();
      cancelled.get();

      assertThat(published).isZero();
      assertThat(heldMeanwhile).as("the lease while the trainer still publishes").isTrue();
      assertThat(new LocalArtifactStore(store).list("test")).hasSize(1);
      assertThat(lease()).as("the lease afterwards").doesNotExist();
    } finally {
      trap.release();
      canceller.shutdownNow();
    }
  }

  private Path lease() {
    return store.resolve("test/.retrain-lease");
  }

  private static boolean isTrainerAwaited() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals(TrainerThread.class.getName())
                    && frame.getMethodName().equals("close"));
  }

  private NelboConfig config() {
    return TestConfig.of(
        """
        detector: given-back
        kafka: {bootstrap-servers: "%s"}
        source: {topic: given-back.records}
        model: {id: test, store: %s, device: cpu}
        train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, scoring-samples: 4}
        retrain: {min-rows: %d}
        job: {parallelism: 1, checkpoint-interval: 200ms, checkpoint-dir: "%s"}
        """
            .formatted(
                BROKER.bootstrapServers(), store, ROWS - 1, store.resolve(".checkpoints").toUri()));
  }

  private StreamExecutionEnvironment job(NelboConfig config) {
    StreamExecutionEnvironment env = SharedCluster.environment();
    JobSettings.apply(env, config);
    KafkaConnectors kafka = new KafkaConnectors(config, "retrain");
    String root = store.toString();
    ModelConfig model = config.model();
    RetrainTopology.leased(
            kafka.records(env),
            config,
            () -> new WatchedStore(Path.of(root), trap),
            ModelHistory.NONE,
            (owner, attempt, clock) ->
                new StoreLease(
                    model,
                    owner,
                    attempt,
                    "here",
                    clock,
                    time -> {
                      throw new AssertionError("nobody should have to wait");
                    }),
            "the-job")
        .sinkTo(new DiscardingSink<>());
    return env;
  }
}
