package io.nelbo.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.jobs.testing.BucketFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may retrain a model. Time passes only when somebody waits. */
final class StoreLeaseTest {
  private interface Event {
    void happen() throws Exception;
  }

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir private Path folder;

  private long clock = NOON.toEpochMilli();
  private final Deque<Event> whileWaiting = new ArrayDeque<>();

  @Test
  void whoTakesItFreeHasItUntilHeGivesItBack() throws Exception {
    StoreLease first = lease("one", "1");
    first.take();
    first.release();
    StoreLease second = lease("two", "2");

    second.take();

    assertThat(clock).as("nobody waited").isEqualTo(NOON.toEpochMilli());
    assertThat(Files.readString(file())).contains("\"owner\":\"two\"");
    first.release(); // what another has is not given back
    assertThat(file()).exists();
  }

  @Test
  void aSecondJobIsRefusedOnceTheFirstIsSeenToRenew() throws Exception {
    StoreLease first = lease("one", "1");
    first.take();
    whileWaiting.add(() -> {});
    whileWaiting.add(first::renew);
    StoreLease second = lease("two", "2");

    assertThatThrownBy(second::take)
        .isInstanceOf(LeaseLostException.class)
        .hasMessage(
            "model test in %s is retrained by another job, one on host-1, since 2026-01-05T12:00:00Z"
                    .formatted(folder)
                + " (its lease runs until 2026-01-05T12:01:02Z and is renewed): two would announce"
                + " models against each other; stop one of them, or give this one a model.id of its"
                + " own");
    first.renew(); // undisturbed
  }

  @Test
  void theLeaseOfADeadJobIsTakenOverWhenItHasRunOut() throws Exception {
    lease("one", "1").take();
    StoreLease second = lease("two", "2");

    second.take();

    assertThat(clock).isEqualTo(NOON.plus(StoreLease.LENGTH).toEpochMilli());
    second.renew();
  }

  @Test
  void aClockThatGoesAheadTakesNoLeaseFromOneThatIsRenewed() throws Exception {
    StoreLease first = lease("one", "1");
    first.take();
    whileWaiting.add(first::renew);
    long ahead = 2 * StoreLease.LENGTH.toMillis();
    StoreLease second =
        new StoreLease(
            model(folder.toString()), "two", "2", "host-2", () -> clock + ahead, this::pass);

    assertThatThrownBy(second::take).isInstanceOf(LeaseLostException.class);
    first.renew(); // undisturbed
  }

  @Test
  void aClockThatGoesBehindWaitsNoLongerForADeadJob() throws Exception {
    lease("one", "1").take();
    long behind = 10 * StoreLease.LENGTH.toMillis();
    StoreLease second =
        new StoreLease(
            model(folder.toString()), "two", "2", "host-2", () -> clock - behind, this::pass);

    second.take();

    assertThat(clock).isEqualTo(NOON.plus(StoreLease.LENGTH).toEpochMilli());
  }

  @Test
  void theSameJobTakesOverAtOnceAndItsFormerRunGivesWay() throws Exception {
    StoreLease before = lease("one", "1");
    before.take();
    StoreLease restored = lease("one", "2");

    restored.take();

    assertThat(clock).isEqualTo(NOON.toEpochMilli());
    restored.renew();
    assertThatThrownBy(before::renew)
        .isInstanceOf(LeaseLostException.class)
        .hasMessage(
            "model test in %s: a later run of this job on host-2 has taken over at"
                    .formatted(folder)
                + " 2026-01-05T12:00:00Z, this one ends");
  }

  @Test
  void oneThatWasAwayForTooLongFindsItsSuccessor() throws Exception {
    StoreLease slept = lease("one", "1");
    slept.take();
    clock += StoreLease.LENGTH.toMillis();
    lease("two", "2").take();

    assertThatThrownBy(slept::renew)
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith(
            "model test in " + folder + " is retrained by another job, two on host-2, since");
  }

  @Test
  void ofTwoThatBeginInTheSameMomentTheLastWriterStays() throws Exception {
    StoreLease one = lease("one", "1");
    StoreLease two = lease("two", "2");
    Path lease = file();
    one.take();
    Files.delete(lease); // neither saw the other
    two.take();

    two.renew();

    assertThatThrownBy(one::renew).isInstanceOf(LeaseLostException.class);
  }

  @Test
  void aStoreThatIsAwayForAMomentCostsNothingUntilTheLeaseHasRunOut() throws Exception {
    StoreLease lease = lease("one", "1");
    lease.take();
    Path away = folder.resolveSibling("away-" + UUID.randomUUID());
    Files.move(folder, away);
    Files.writeString(folder, "in the way of every file below it");

    lease.renew();
    clock += StoreLease.LENGTH.toMillis();

    assertThatThrownBy(lease::renew)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(LeaseLostException.class);
    Files.delete(folder);
    Files.move(away, folder);
    lease.renew();
  }

  @Test
  void oneThatCannotBeOpenedForAMomentIsNotLost() throws Exception {
    String bucket = "b" + UUID.randomUUID();
    StoreLease lease = lease(model("bucket://" + bucket + "/nelbo"), "one", "1");
    lease.take();
    BucketFileSystem.refuseToOpen(bucket, true);

    lease.renew();
    clock += StoreLease.LENGTH.toMillis();

    assertThatThrownBy(lease::renew)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(LeaseLostException.class)
        .hasMessage("503 slow down");
    BucketFileSystem.refuseToOpen(bucket, false);
    lease.renew();
  }

  @Test
  void oneThatIsBeingWrittenIsNotLostUntilItsOwnTimeIsOver() throws Exception {
    StoreLease lease = lease("one", "1");
    lease.take();
    Files.write(file(), "{\"owner\":\"on".getBytes(StandardCharsets.UTF_8));

    lease.renew();
    clock += StoreLease.LENGTH.toMillis();

    assertThatThrownBy(lease::renew)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(LeaseLostException.class)
        .hasMessageEndingWith("is being written, or is no lease: nobody can say whose it is");
  }

  @Test
  void aStoreThatHasGoneIsNotMadeAnewByARenewal() throws Exception {
    StoreLease lease = lease("one", "1");
    lease.take();
    Files.delete(file());
    Files.delete(file().getParent());
    Files.delete(folder);

    lease.renew();
    clock += StoreLease.LENGTH.toMillis();

    assertThatThrownBy(lease::renew).hasMessage("store file:" + folder + " is not reachable");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aHalfWrittenLeaseRunsOutToo() throws Exception {
    Files.createDirectories(folder.resolve("test"));
    Files.write(file(), "{\"owner\":\"on".getBytes(StandardCharsets.UTF_8));
    clock = Files.getLastModifiedTime(file()).toMillis();
    StoreLease lease = lease("one", "1");

    lease.take();

    assertThat(Duration.ofMillis(clock - Files.getLastModifiedTime(file()).toMillis()).abs())
        .isLessThan(StoreLease.LENGTH.plusMinutes(1));
    lease.renew();
  }

  @Test
  void itLiesBesideTheModelsWhateverTheFolderIsCalled() throws Exception {
    Path spaced = folder.resolve("my 100% store");

    lease(model(spaced.toString()), "one", "1").take();

    assertThat(spaced.resolve("test/.retrain-lease")).exists();
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(spaced));
  }

  @Test
  void itLiesInAnObjectStoreAsWell() throws Exception {
    String bucket = "b" + UUID.randomUUID();
    ModelConfig model = model("bucket://" + bucket + "/nelbo");
    StoreLease first = lease(model, "one", "1");
    first.take();
    first.renew(); // over what is there
    whileWaiting.add(first::renew);

    assertThatThrownBy(() -> lease(model, "two", "2").take())
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith(
            "model test in bucket://%s/nelbo is retrained by another job, one on host-1"
                .formatted(bucket));
    assertThat(BucketFileSystem.objects(bucket).keySet())
        .containsExactly("nelbo/test/.retrain-lease");
    first.release();
    assertThat(BucketFileSystem.objects(bucket)).isEmpty();
  }

  private StoreLease lease(String owner, String attempt) throws IOException {
    return lease(model(folder.toString()), owner, attempt);
  }

  private StoreLease lease(ModelConfig model, String owner, String attempt) throws IOException {
    return new StoreLease(model, owner, attempt, "host-" + attempt, () -> clock, this::pass);
  }

  private void pass(Duration time) {
    clock += time.toMillis();
    Event event = whileWaiting.poll();
    if (event != null) {
      try {
        event.happen();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private Path file() {
    return folder.resolve("test/.retrain-lease");
  }

  private static ModelConfig model(String store) {
    return TestConfig.of("model: {id: test, store: '%s'}".formatted(store)).model();
  }
}
