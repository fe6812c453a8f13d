package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.store.StoreLease;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lease in a job's life: refused, renewed, lost, restored. */
final class HoldLeaseIT {
  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private Path store;

  @Test
  void aSecondJobEndsForGoodWithTheNameOfTheFirst() throws Exception {
    ModelConfig model = model();
    StoreLease first = lease(model, "first-job", System::currentTimeMillis);
    first.take();
    StreamExecutionEnvironment env = SharedCluster.environment(); // would restart ten times
    env.fromData(List.of(notice()), TypeInformation.of(ModelNotice.class))
        .transform(
            "hold-lease",
            TypeInformation.of(ModelNotice.class),
            new HoldLease(renewedMeanwhile(model, "first-job"), ModelHistory.NONE, "second-job"))
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>());

    JobID job = CLUSTER.submit(env);

    Await.until("it has ended", () -> CLUSTER.status(job).isGloballyTerminalState());
    assertThat(CLUSTER.status(job)).isEqualTo(JobStatus.FAILED);
    assertThat(CLUSTER.restarts(job)).isZero();
    assertThat(CLUSTER.failure(job))
        .contains("model test in " + store + " is retrained by another job, first-job on here");
  }

  @Test
  void theLeaseIsRenewedAsTimePassesAndLeftToTheEndOfTheTraining() throws Exception {
    ModelConfig model = model();
    try (OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> job = harness(model, "one")) {
      job.setProcessingTime(1_000);
      job.open();
      job.setProcessingTime(1_000 + 10 * StoreLease.LENGTH.toMillis());
      String renewed = Files.readString(store.resolve("test/.retrain-lease"));

      job.processElement(new StreamRecord<>(notice()));

      assertThat(job.extractOutputValues()).hasSize(1);
      assertThat(renewed)
          .contains("\"since\":\"1970-01-01T00:00:01Z\"")
          .contains("\"until\":\"1970-01-01T00:11:01Z\"");
    }
    assertThat(store.resolve("test/.retrain-lease")).exists();
  }

  @Test
  void whereAModelHasGovernedNoEmptyStoreIsMadeInThePlaceOfOneThatIsNotReachable()
      throws Exception {
    Files.delete(store);
    PublishedArtifact artifact = new PublishedArtifact("test", "v000001", "", "");
    ModelHistory history = () -> List.of(TestModels.activation(artifact, 0, 0));

    try (OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> job =
        harness(model(), "one", history)) {
      assertThatThrownBy(job::open)
          .isInstanceOf(IOException.class)
          .hasMessage("store file:" + store + " is not reachable");
    }
    assertThat(store).doesNotExist();
  }

  @Test
  void aRestoredJobTakesOverFromItsFormerSelfWhichThenSaysNothing() throws Exception {
    ModelConfig model = model();
    try (OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> former =
            harness(model, "first-submission");
        OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> restored =
            harness(model, "second-submission")) {
      former.open();
      OperatorSubtaskState state = former.snapshot(1, 1);

      restored.initializeState(state);
      restored.open(); // at once: it would wait for another owner

      restored.processElement(new StreamRecord<>(notice()));
      assertThatThrownBy(() -> former.processElement(new StreamRecord<>(notice())))
          .hasMessageContaining("a later run of this job on here has taken over");
      assertThat(former.extractOutputValues()).isEmpty();
    }
  }

  private static OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> harness(
      ModelConfig model, String owner) throws Exception {
    return harness(model, owner, ModelHistory.NONE);
  }

  private static OneInputStreamOperatorTestHarness<ModelNotice, ModelNotice> harness(
      ModelConfig model, String owner, ModelHistory history) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new HoldLease((name, attempt, clock) -> lease(model, name, clock), history, owner));
  }

  /** Whoever waits sees the other renew. */
  private static LeaseFactory renewedMeanwhile(ModelConfig model, String other) {
    return (owner, attempt, clock) ->
        new StoreLease(model, owner, attempt, "here", clock, time -> renew(model, other));
  }

  private static void renew(ModelConfig model, String owner) {
    try {
      lease(model, owner, () -> System.currentTimeMillis() + 1_000).take();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static StoreLease lease(ModelConfig model, String owner, LongSupplier clock)
      throws IOException {
    return new StoreLease(
        model,
        owner,
        UUID.randomUUID().toString(),
        "here",
        clock,
        time -> {
          throw new AssertionError("nobody should have to wait");
        });
  }

  private ModelConfig model() {
    return TestConfig.of("model: {id: test, store: '%s'}".formatted(store)).model();
  }

  private static ModelNotice notice() {
    return TestDecisions.skipped(ModelNotice.UNWRITTEN);
  }
}
