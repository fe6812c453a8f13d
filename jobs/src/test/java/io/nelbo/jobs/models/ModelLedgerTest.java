package io.nelbo.jobs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.models.ModelLedger.Entry;
import io.nelbo.jobs.models.ModelLedger.State;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ModelArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store and topic side by side, and what is said when they contradict each other. */
final class ModelLedgerTest {
  @TempDir private Path folder;

  private Path root;
  private Shelf shelf;

  @BeforeEach
  void openStore() {
    root = folder.resolve("store");
    shelf = new Shelf(root);
  }

  @Test
  void eachVersionHasTheStateThatTheTopicGaveItLast() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.reject(3, "denser by 0.3 nats");
    shelf.hold(4);
    shelf.publish(5);
    shelf.reject(6, "no");
    shelf.activate(6, 300); // a person promoted it
    shelf.activate(1, 400); // and rolled back

    ModelLedger ledger = shelf.ledger();

    assertThat(ledger.entries())
        .extracting(Entry::version, Entry::state)
        .containsExactly(
            tuple("v000001", State.INCUMBENT),
            tuple("v000002", State.RETIRED),
            tuple("v000003", State.REJECTED),
            tuple("v000004", State.WAITING),
            tuple("v000005", State.CANDIDATE),
            tuple("v000006", State.RETIRED));
    assertThat(ledger.before()).containsExactly("v000006", "v000002");
    assertThat(shelf.disagreements()).isEmpty();
  }

  @Test
  void versionsOfMoreThanSixDigitsComeLast() throws Exception {
    shelf.publish(1_000_000);
    shelf.publish(999_999);

    assertThat(shelf.ledger().entries())
        .extracting(Entry::version)
        .containsExactly("v999999", "v1000000");
  }

  @Test
  void anIncumbentThatTheStoreLacksIsToldWithTheWayOut() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.store().remove("test", "v000002");

    assertThat(shelf.disagreements())
        .containsExactly(
            new Disagreement(
                "v000002",
                "test.models activated v000002, and %s does not hold it: the jobs stay with the"
                        .formatted(root)
                    + " model before",
                "put its files back, from a copy with 'nelbo models import DIR', or 'nelbo models"
                    + " repair' announces another"));
  }

  @Test
  void oneThatGovernedAndIsGoneIsToldForTheSakeOfReplays() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.store().remove("test", "v000001");

    assertThat(shelf.disagreements())
        .containsExactly(
            new Disagreement(
                "v000001",
                "test.models activated v000001, and %s holds it no longer: in a replay the model"
                        .formatted(root)
                    + " before scores what it governed",
                "put its files back, from a copy with 'nelbo models import DIR'"));
  }

  @Test
  void oneThatGovernedNoRecordThatIsLeftMayBeGone() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.store().remove("test", "v000001");
    long aDayLater = 200 + 24 * 3_600_000L;

    assertThat(shelf.disagreements(OptionalLong.of(aDayLater))).hasSize(1);
    assertThat(shelf.disagreements(OptionalLong.of(aDayLater + 1))).isEmpty();
  }

  @Test
  void otherBytesThanTheAnnouncedOnesAreToldByTheirChecksums() throws Exception {
    ModelNotice announced = shelf.activate(1, 100);
    shelf.store().remove("test", "v000001");
    String other =
        shelf
            .store()
            .publish(
                new ModelArtifact(
                    Shelf.artifact(1)
                        .manifest()
                        .movedTo(
                            "test",
                            "v000001",
                            Shelf.artifact(1).manifest().provenance().broughtBy("another")),
                    Shelf.artifact(1).tensors()))
            .sha256();

    assertThat(shelf.disagreements())
        .containsExactly(
            new Disagreement(
                "v000001",
                "test.models activated v000001 with checksum %s, and %s holds it with %s: the jobs"
                        .formatted(
                            announced.sha256().substring(0, 12), root, other.substring(0, 12))
                    + " refuse it",
                "put back the files that were announced, or 'nelbo models repair' announces"
                    + " another"));
  }

  @Test
  void damagedFilesAreTold() throws Exception {
    shelf.activate(1, 100);
    Files.writeString(root.resolve("test/v000001/weights.safetensors"), "nothing");

    ModelLedger ledger = shelf.ledger();

    assertThat(ledger.entries().get(0).damaged()).isTrue();
    assertThat(shelf.disagreements())
        .extracting(Disagreement::what)
        .containsExactly(
            "test.models activated v000001, and what %s holds of it is damaged: the jobs refuse it"
                .formatted(root));
  }

  @Test
  void aStoreThatHasMovedIsToldByBothPlaces() throws Exception {
    ModelNotice announced = shelf.activate(1, 100);
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(root, elsewhere);
    Shelf moved = new Shelf(elsewhere);
    moved.topic().addAll(shelf.topic());

    assertThat(moved.disagreements())
        .containsExactly(
            new Disagreement(
                "v000001",
                "test.models says that v000001 lies in %s, and it lies in %stest/v000001/: the jobs"
                        .formatted(announced.uri(), elsewhere.toUri())
                    + " refuse what is outside of model.store",
                "'nelbo models repair' announces it where it is"));
  }

  @Test
  void aStoreWhoseTopicIsEmptyIsTold() throws Exception {
    shelf.publish(1);

    assertThat(shelf.disagreements())
        .containsExactly(
            new Disagreement(
                "v000001",
                "%s holds v000001, and test.models has never activated any model".formatted(root),
                "'nelbo models repair' announces the newest, 'nelbo models promote REF' another"));
  }
}
