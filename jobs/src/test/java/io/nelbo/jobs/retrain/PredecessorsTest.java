package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    ModelNotice rejected = TestDecisions.rejected("v000002", 1);

    assertThat(Predecessors.latest(List.of(rejected), Optional.empty())).isEmpty();
  }

  @Test
  void whatTheTopicSaysBehindTheCandidatesBeginCountsWhateverTheClocksSay() throws Exception {
    ShadowCandidate candidate = inShadowSince(4, 1_000_000);
    ModelNotice rejected = TestDecisions.rejected("v000002", 5).withPosition(at(5, 10));

    assertThat(decisionSince(candidate, activated(4, "v000001"), rejected)).contains(rejected);
  }

  @Test
  void whatTheTopicSaidBeforeItDoesNotCountWhateverTheClocksSay() throws Exception {
    ShadowCandidate candidate = inShadowSince(4, 10);
    ModelNotice rejected = TestDecisions.rejected("v000002", 3).withPosition(at(3, 1_000_000));

    assertThat(decisionSince(candidate, rejected, activated(4, "v000001"))).isEmpty();
  }

  @Test
  void aTopicThatWasMadeAnewHasSaidAllOfItSince() throws Exception {
    ShadowCandidate candidate = inShadowSince(40, 10);
    ModelNotice rejected = TestDecisions.rejected("v000002", 0);

    assertThat(decisionSince(candidate, rejected)).contains(rejected);
  }

  @Test
  void aDecisionAboutAnotherVersionIsNone() throws Exception {
    ShadowCandidate candidate = inShadowSince(4, 10);

    assertThat(decisionSince(candidate, activated(4, "v000001"), activated(5, "v000003")))
        .isEmpty();
  }

  @TempDir private Path store;

  private Optional<ModelNotice> decisionSince(ShadowCandidate candidate, ModelNotice... topic)
      throws IOException {
    return new Predecessors(() -> List.of(topic), new LocalArtifactStore(store))
        .decisionSince(candidate);
  }

  /** The candidate is v000002. */
  private static ShadowCandidate inShadowSince(long offset, long decidedAtMillis) {
    return new ShadowCandidate(
        activated(ModelNotice.UNWRITTEN, "v000002")
            .withPosition(at(ModelNotice.UNWRITTEN, decidedAtMillis)),
        offset,
        0,
        0,
        1);
  }

  private static ModelNotice.Position at(long offset, long decidedAtMillis) {
    return new ModelNotice.Position(offset, decidedAtMillis);
  }

  private static ModelNotice activated(long offset, String version) {
    return TestDecisions.activated(version, offset, 0);
  }
}
