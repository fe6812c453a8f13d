package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainOnSpanTest {
  @TempDir private Path store;

  @Test
  void aModelThatGovernsAlreadyIsNotTrainedOver() throws Exception {
    ModelNotice incumbent =
        new ModelNotice(
            0, ModelNotice.ACTIVATED, "test", "v000001", "", "", 0, 0, 1, 1, 0, "", "manual", 0);

    assertThat(decisions(() -> List.of(incumbent))).isEmpty();
  }

  @Test
  void withoutOneTheRowsLeadToADecision() throws Exception {
    assertThat(decisions(ModelHistory.NONE)).containsExactly("SKIPPED");
  }

  private List<String> decisions(ModelHistory history) throws Exception {
    String folder = store.toString();
    try (OneInputStreamOperatorTestHarness<Observed, ModelNotice> harness =
        new OneInputStreamOperatorTestHarness<>(
            new TrainOnSpan(
                TestConfig.of(), () -> new LocalArtifactStore(Path.of(folder)), history))) {
      harness.open();
      harness.processElement(
          new StreamRecord<>(
              new Observed("a", 1, new float[] {1, 2, 3}, -1, 0, 0, 1, null, null), 1));
      harness.endInput();
      return harness.extractOutputValues().stream().map(ModelNotice::kind).toList();
    }
  }
}
