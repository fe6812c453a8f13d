package io.nelbo.jobs.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may leave the store, and what never. */
final class RetentionTest {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long DAY = 24 * 3_600_000L;

  @TempDir private Path folder;

  private Shelf shelf;

  @BeforeEach
  void openStore() {
    shelf = new Shelf(folder);
  }

  @Test
  void rejectedOnesBeyondTheNewestGo() throws Exception {
    shelf.activate(1, 100);
    shelf.reject(2, "no");
    shelf.publish(3); // never announced
    shelf.reject(4, "no");
    shelf.reject(5, "no");

    assertThat(new Retention(2, NEVER).removable(shelf.ledger()))
        .containsExactly("v000002", "v000003");
    assertThat(new Retention(5, NEVER).removable(shelf.ledger())).isEmpty();
  }

  @Test
  void theIncumbentStaysHoweverOldItIs() throws Exception {
    shelf.activate(1, 100);
    shelf.reject(2, "no");
    shelf.reject(3, "no");

    assertThat(new Retention(1, Long.MAX_VALUE).removable(shelf.ledger()))
        .containsExactly("v000002");
  }

  @Test
  void aCandidateThatWaitsForAPersonStays() throws Exception {
    shelf.hold(1);
    shelf.reject(2, "no");
    shelf.reject(3, "no");

    assertThat(new Retention(1, NEVER).removable(shelf.ledger())).containsExactly("v000002");
  }

  @Test
  void theFiveBeforeTheIncumbentStayForRollbacks() throws Exception {
    for (int version = 1; version <= 8; version++) {
      shelf.activate(version, 100L * version);
    }

    assertThat(new Retention(1, Long.MAX_VALUE).removable(shelf.ledger()))
        .containsExactly("v000001", "v000002");
  }

  @Test
  void whatGovernsRecordsThatAreStillThereStays() throws Exception {
    for (int version = 1; version <= 9; version++) {
      shelf.activate(version, 100L * version);
    }

    // From 250 on there are records: the second governs until 300.
    assertThat(new Retention(1, 250).removable(shelf.ledger())).containsExactly("v000001");
    assertThat(new Retention(1, 200).removable(shelf.ledger())).isEmpty();
    assertThat(new Retention(1, NEVER).removable(shelf.ledger())).isEmpty();
  }

  @Test
  void anActivationEndsNothingWhenItsArtifactIsLostOrAnother() throws Exception {
    for (int version = 1; version <= 7; version++) {
      shelf.activate(version, 100L * version);
    }
    ModelNotice eighth = shelf.activate(8, 800);
    shelf.activate(9, 900);
    shelf.store().remove(TestModels.ID, "v000009");
    shelf.topic().set(7, announcedWithAnotherChecksum(eighth));

    // From 1000 on there are records, and the seventh governs them: the ninth is lost.
    assertThat(new Retention(1, 1_000).governing(shelf.ledger()))
        .containsExactlyInAnyOrder("v000007", "v000008", "v000009");
  }

  @Test
  void ofARecordingFromLongAgoNothingGoesBecauseItWasDecidedToday() throws Exception {
    for (int version = 1; version <= 9; version++) {
      ModelNotice notice = shelf.activate(version, 100L * version);
      shelf.topic().set(version - 1, decidedAt(notice, 10_000));
    }

    assertThat(new Retention(1, 5_000).removable(shelf.ledger())).isEmpty();
    assertThat(new Retention(1, 20_000).removable(shelf.ledger()))
        .containsExactly("v000001", "v000002", "v000003");
  }

  @Test
  void aRolledBackOneThatGovernedNothingMayGo() throws Exception {
    shelf.activate(1, 100);
    for (int version = 2; version <= 7; version++) {
      shelf.activate(version, 1_000 + version);
    }
    shelf.activate(1, 1_000); // takes all six back before they governed
    shelf.reject(8, "no");

    assertThat(new Retention(1, 1_001).removable(shelf.ledger())).containsExactly("v000002");
  }

  @Test
  void aNewVersionMakesTheStoreLetOldOnesGo() throws Exception {
    shelf.activate(1, 100);
    shelf.reject(2, "no");
    shelf.reject(3, "no");
    RetainingStore store = store(shelf::topic, OptionalLong.of(DAY));

    PublishedArtifact newest = store.publish(Shelf.artifact(4));

    assertThat(store.list(TestModels.ID))
        .extracting(PublishedArtifact::version)
        .containsExactly("v000001", "v000003", "v000004");
    assertThat(newest.version()).isEqualTo("v000004");
    assertThat(NextVersion.of(TestModels.ID, store, List.of())).isEqualTo(5);
  }

  @Test
  void whatIsDecidedInATransactionThatIsStillOpenStays() throws Exception {
    shelf.activate(1, 100);
    shelf.reject(2, "no");
    List<ModelNotice> committed = List.copyOf(shelf.topic());
    for (int version = 3; version <= 5; version++) {
      shelf.activate(version, 100L * version); // nobody can read it yet
    }
    RetainingStore store = store(() -> committed, OptionalLong.of(DAY));

    store.publish(Shelf.artifact(6));

    assertThat(store.list(TestModels.ID))
        .extracting(PublishedArtifact::version)
        .containsExactly("v000001", "v000003", "v000004", "v000005", "v000006");
  }

  @Test
  void withoutAWordFromTheTopicNothingIsRemovedAndTheNewOneIsThere() throws Exception {
    for (int version = 1; version <= 3; version++) {
      shelf.publish(version);
    }
    RetainingStore store =
        store(
            () -> {
              throw new IOException("no broker");
            },
            OptionalLong.empty());

    store.publish(Shelf.artifact(4));

    assertThat(store.begun(TestModels.ID)).extracting(ModelVersion::number).hasSize(4);
  }

  private RetainingStore store(ModelHistory history, OptionalLong oldest) {
    NelboConfig config = TestConfig.of("model: {id: test, store: '%s', keep: 2}".formatted(folder));
    return new RetainingStore(shelf.store(), config, history, () -> oldest);
  }

  private static ModelNotice announcedWithAnotherChecksum(ModelNotice notice) {
    return TestDecisions.activated(
        new PublishedArtifact(notice.modelId(), notice.version(), notice.uri(), "0".repeat(64)),
        notice.offset(),
        notice.effectiveFromMillis());
  }

  private static ModelNotice decidedAt(ModelNotice notice, long millis) {
    return notice.withPosition(new ModelNotice.Position(notice.offset(), millis));
  }
}
