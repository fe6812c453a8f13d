package io.nelbo.jobs.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PredecessorsTest {
  @Test
  void theLastActivationInTheTopicIsTheIncumbentARollbackToo() {
    List<ModelNotice> history =
        List.of(activated(0, "v000001"), activated(1, "v000002"), activated(2, "v000001"));

    assertThat(Predecessors.latest(history, Optional.of(activated(-1, "v000002"))))
        .extracting(ModelNotice::version)
        .containsExactly("v000001", "v000002");
  }

  @Test
  void theJobsOwnLastOneCountsBeforeTheTopicShowsIt() {
    List<ModelNotice> history = List.of(activated(0, "v000001"));

    assertThat(Predecessors.latest(history, Optional.of(activated(-1, "v000002"))))
        .extracting(ModelNotice::version)
        .containsExactly("v000002", "v000001");
  }

  @Test
  void otherDecisionsActivateNothing() {
    ModelNotice rejected =
        new ModelNotice(1, "REJECTED", "test", "v000002", "", "", 0, 0, 1, 1, 0, "", "", 0);

    assertThat(Predecessors.latest(List.of(rejected), Optional.empty())).isEmpty();
  }

  private static ModelNotice activated(long offset, String version) {
    return new ModelNotice(
        offset, ModelNotice.ACTIVATED, "test", version, "", "", 0, 0, 1, 1, 0, "", "", 0);
  }
}
