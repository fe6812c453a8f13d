package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Provenance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WarmStartedTrainingTest {
  private static final long STEP = 1_000;

  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void candidatesStartFromTheIncumbentAndTheSameStreamGivesTheSameModels() throws Exception {
    List<ModelNotice> once = slides(first, "warm-start: on, gate: always, drift: off");
    List<ModelNotice> again = slides(second, "warm-start: on, gate: always, drift: off");

    assertThat(once).extracting(ModelNotice::kind).containsOnly(ACTIVATED).hasSize(3);
    assertThat(once)
        .extracting(ModelNotice::sha256)
        .containsExactlyElementsOf(again.stream().map(ModelNotice::sha256).toList());
    assertThat(provenance(first, once.get(0)).startedFrom()).isEmpty();
    assertThat(provenance(first, once.get(1)).startedFrom()).contains("v000001");
    assertThat(provenance(first, once.get(2)).startedFrom()).contains("v000002");
  }

  @Test
  void withoutBeingAskedNoCandidateStartsFromAnother() throws Exception {
    List<ModelNotice> cold = slides(first, "gate: always, drift: off");

    assertThat(cold).hasSize(3);
    for (ModelNotice notice : cold) {
      assertThat(provenance(first, notice).startedFrom()).isEmpty();
    }
  }

  private static List<ModelNotice> slides(Path store, String settings) throws Exception {
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE, settings)) {
      for (long time = SLIDE; time <= 3 * SLIDE; time += STEP) {
        retrain.send("s", time, sensors.normal());
        if (time == SLIDE + 300 * STEP || time % SLIDE == 0) {
          retrain.watermark(time);
          retrain.settle();
        }
      }
      return retrain.decisions();
    }
  }

  private static Provenance provenance(Path store, ModelNotice notice) throws Exception {
    return new LocalArtifactStore(store)
        .load(notice.uri(), notice.sha256())
        .manifest()
        .provenance();
  }
}
