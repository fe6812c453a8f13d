package io.nelbo.jobs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicRepairTest {
  @TempDir private Path folder;

  private Shelf shelf;

  @BeforeEach
  void openStore() {
    shelf = new Shelf(folder.resolve("store"));
  }

  @Test
  void whereBothAgreeThereIsNothingToAnnounce() throws Exception {
    shelf.activate(1, 100);
    shelf.reject(2, "no");

    assertThat(TopicRepair.of(shelf.ledger()).isNothing()).isTrue();
    assertThat(TopicRepair.of(new Shelf(folder.resolve("empty")).ledger()).isNothing()).isTrue();
  }

  @Test
  void aStoreThatHasMovedIsAnnouncedAgainInOrderWithTheSameTimes() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.activate(1, 300);
    Shelf moved = moved();

    TopicRepair repair = TopicRepair.of(moved.ledger());

    assertThat(repair.repeated())
        .extracting(ModelNotice::version, ModelNotice::effectiveFromMillis, ModelNotice::offset)
        .containsExactly(
            tuple("v000001", 100L, ModelNotice.UNWRITTEN),
            tuple("v000002", 200L, ModelNotice.UNWRITTEN),
            tuple("v000001", 300L, ModelNotice.UNWRITTEN));
    assertThat(repair.repeated())
        .extracting(ModelNotice::uri)
        .allMatch(uri -> uri.contains("/elsewhere/test/"));
    assertThat(repair.replacement()).isEmpty();
  }

  @Test
  void whatWasRepairedNeedsNoRepair() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    Shelf moved = moved();

    TopicRepair.of(moved.ledger()).repeated().forEach(moved::write);

    assertThat(TopicRepair.of(moved.ledger()).isNothing()).isTrue();
    assertThat(moved.disagreements()).isEmpty();
  }

  @Test
  void activationsSinceTheMoveAreRepeatedTooBecauseLaterOffsetsOverrule() throws Exception {
    shelf.activate(1, 100);
    Shelf moved = moved();
    moved.activate(2, 200);

    TopicRepair repair = TopicRepair.of(moved.ledger());

    assertThat(repair.repeated())
        .extracting(ModelNotice::version)
        .containsExactly("v000001", "v000002");
  }

  @Test
  void aRepairThatWasCutOffIsDoneAgainFromWhereItsOrderIsBroken() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    shelf.activate(1, 300);
    Shelf moved = moved();
    moved.write(TopicRepair.of(moved.ledger()).repeated().get(0)); // now v000001 governs all

    List<ModelNotice> rest = TopicRepair.of(moved.ledger()).repeated();
    rest.forEach(moved::write);

    assertThat(rest)
        .extracting(ModelNotice::version, ModelNotice::effectiveFromMillis)
        .containsExactly(tuple("v000002", 200L), tuple("v000001", 300L));
    assertThat(TopicRepair.of(moved.ledger()).isNothing()).isTrue();
  }

  @Test
  void aModelThatCameAfterACutKeepsItsPlace() throws Exception {
    shelf.activate(1, 100);
    shelf.activate(2, 200);
    Shelf moved = moved();
    moved.write(TopicRepair.of(moved.ledger()).repeated().get(0));
    moved.activate(3, 400);

    assertThat(TopicRepair.of(moved.ledger()).repeated())
        .extracting(ModelNotice::version)
        .containsExactly("v000002", "v000003");
  }

  @Test
  void aLostOneIsRepeatedUnchangedInItsPlaceSoThatItGovernsWhenItComesBack() throws Exception {
    shelf.activate(1, 100);
    ModelNotice lost = shelf.activate(2, 200);
    shelf.activate(3, 300);
    shelf.store().remove("test", "v000002");
    Shelf moved = moved();

    List<ModelNotice> repeated = TopicRepair.of(moved.ledger()).repeated();
    repeated.forEach(moved::write);

    assertThat(repeated)
        .extracting(ModelNotice::version)
        .containsExactly("v000001", "v000002", "v000003");
    assertThat(repeated.get(1).uri()).isEqualTo(lost.uri());
    assertThat(repeated.get(1).sha256()).isEqualTo(lost.sha256());
    assertThat(TopicRepair.of(moved.ledger()).isNothing()).isTrue();
  }

  @Test
  void aLostIncumbentIsReplacedByTheModelBeforeIt() throws Exception {
    PublishedArtifact before = shelf.publish(1);
    shelf.activate(before, 100);
    shelf.activate(2, 200);
    shelf.reject(3, "no");
    shelf.store().remove("test", "v000002");

    TopicRepair repair = TopicRepair.of(shelf.ledger());

    assertThat(repair.replacement()).contains(before);
    assertThat(repair.repeated()).isEmpty();
  }

  @Test
  void anEmptyTopicGetsTheNewestOfTheStore() throws Exception {
    shelf.publish(1);
    PublishedArtifact newest = shelf.publish(2);
    shelf.reject(3, "no");

    assertThat(TopicRepair.of(shelf.ledger()).replacement()).contains(newest);
  }

  @Test
  void aCandidateThatWaitsForAPersonIsNotActivatedByARepair() throws Exception {
    PublishedArtifact undecided = shelf.publish(1);
    shelf.hold(2);
    Shelf waitingOnly = new Shelf(folder.resolve("waiting"));
    waitingOnly.hold(1);

    assertThat(TopicRepair.of(shelf.ledger()).replacement()).contains(undecided);
    assertThat(TopicRepair.of(waitingOnly.ledger()).replacement()).isEmpty();
    assertThat(TopicRepair.of(waitingOnly.ledger()).helpless()).isNotEmpty();
  }

  @Test
  void withoutAnyArtifactItSaysThatItCannotHelp() throws Exception {
    shelf.activate(1, 100);
    shelf.store().remove("test", "v000001");

    TopicRepair repair = TopicRepair.of(shelf.ledger());

    assertThat(repair.replacement()).isEmpty();
    assertThat(repair.helpless()).isEqualTo("the store holds no artifact that may be announced");
  }

  private Shelf moved() throws Exception {
    Files.move(folder.resolve("store"), folder.resolve("elsewhere"));
    Shelf moved = new Shelf(folder.resolve("elsewhere"));
    moved.topic().addAll(shelf.topic());
    return moved;
  }
}
