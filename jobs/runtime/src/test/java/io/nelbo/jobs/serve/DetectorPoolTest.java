package io.nelbo.jobs.serve;

import static io.nelbo.jobs.testing.OpenDetectors.isOpen;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.serve.DetectorPool.Outcome;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.OpenDetectors;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Loading off the task thread: in time, too late, refused, retried, trimmed, closed. */
final class DetectorPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<Long, Detector> opened = new ConcurrentHashMap<>();
  private final List<Reason> refusals = new CopyOnWriteArrayList<>();
  private final List<Long> loads = new CopyOnWriteArrayList<>();
  private final AtomicInteger moves = new AtomicInteger();

  @Test
  void loadsOnItsOwnNamedThreadAndOnce() throws Exception {
    List<Thread> loaders = new CopyOnWriteArrayList<>();
    DetectorFactory factory =
        notice -> {
          loaders.add(Thread.currentThread());
          return detector(notice);
        };
    try (DetectorPool pool = pool(factory, PATIENCE)) {
      pool.prepare(notice(0));
      pool.prepare(notice(0));

      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.Ready(opened(0)));
      assertThat(pool.isReady(notice(0))).isTrue();
      assertThat(pool.isReady(notice(1))).isFalse();
    }

    assertThat(loaders).hasSize(1);
    assertThat(loaders.get(0)).isNotSameAs(Thread.currentThread());
    assertThat(loaders.get(0).getName()).isEqualTo("nelbo-model-loader-test");
    assertThat(loads).containsExactly(0L);
  }

  @Test
  void whatIsNotThereInTimeIsSaidSoAndTakenUpLater() throws Exception {
    CountDownLatch allowed = new CountDownLatch(1);
    DetectorFactory slow =
        notice -> {
          awaitUninterrupted(allowed);
          return detector(notice);
        };
    try (DetectorPool pool = pool(slow, Duration.ZERO)) {
      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.NotInTime());

      allowed.countDown();
      Await.until("the model is loaded", () -> pool.isReady(notice(0)));

      assertThat(pool.acquire(notice(0))).isInstanceOf(Outcome.Ready.class);
    }
  }

  @Test
  void theTimeoutCountsOncePerModelNotOncePerBatch() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger nanos = new AtomicInteger();
    DetectorFactory stuck =
        notice -> {
          awaitUninterrupted(never);
          return detector(notice);
        };
    try (DetectorPool pool =
        new DetectorPool(
            "test", stuck, new PoolLimits(Duration.ofNanos(50), 3), nanos::get, listener())) {
      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.NotInTime());
      nanos.set(1_000_000_000);

      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.NotInTime());
    } finally {
      never.countDown();
    }
  }

  @Test
  void aRefusalIsFinalAndCarriesItsReason() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    DetectorFactory refusing =
        notice -> {
          attempts.incrementAndGet();
          throw new ArtifactException(Reason.ALTERED, "another checksum");
        };
    try (DetectorPool pool = pool(refusing, PATIENCE)) {
      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.Refused(Reason.ALTERED));
      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.Refused(Reason.ALTERED));
    }

    assertThat(attempts).hasValue(1);
    assertThat(refusals).containsExactly(Reason.ALTERED);
  }

  @Test
  void whatIsNotTheArtifactsFaultIsTriedAgainUntilItGivesWay() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    DetectorFactory flaky =
        notice -> {
          return switch (attempts.incrementAndGet()) {
            case 1 -> throw new IOException("connection refused");
            case 2 -> throw new OutOfMemoryError("another job's");
            case 3 -> throw new IllegalStateException("the engine's device is busy");
            case 4 -> throw new NoClassDefFoundError("native");
            default -> detector(notice);
          };
        };
    try (DetectorPool pool = pool(flaky, PATIENCE)) {
      assertThat(pool.acquire(notice(0))).isInstanceOf(Outcome.Ready.class);
    }

    assertThat(attempts).hasValue(5);
    assertThat(refusals).isEmpty();
  }

  @Test
  void whatIsMissingInTheStoreIsNotWaitedForButTakenUpOnceItIsThere() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch restored = new CountDownLatch(1);
    DetectorFactory absent =
        notice -> {
          if (attempts.incrementAndGet() == 1) {
            throw new ArtifactException(Reason.MISSING, "no such folder");
          }
          awaitUninterrupted(restored);
          return detector(notice);
        };
    try (DetectorPool pool = pool(absent, Duration.ofDays(1))) {
      assertThat(pool.acquire(notice(0))).isEqualTo(new Outcome.NotInTime());
      Await.until("it is looked for again", () -> attempts.get() == 2);

      restored.countDown();
      Await.until("it is loaded", () -> pool.isReady(notice(0)));

      assertThat(pool.acquire(notice(0))).isInstanceOf(Outcome.Ready.class);
    }
    assertThat(refusals).isEmpty();
  }

  @Test
  void ofManyMissingModelsOnlyAFewAreLookedForAgain() throws Exception {
    AtomicIntegerArray attempts = new AtomicIntegerArray(10);
    DetectorFactory absent =
        notice -> {
          attempts.incrementAndGet((int) notice.offset());
          throw new ArtifactException(Reason.MISSING, "no such folder");
        };
    try (DetectorPool pool = pool(absent, PATIENCE)) {
      for (long offset = 0; offset < attempts.length(); offset++) {
        pool.acquire(notice(offset));
      }

      pool.trim();
      Await.until(
          "the last ones are looked for again", () -> attempts.get(7) > 3 && attempts.get(9) > 3);

      assertThat(attempts.get(0)).isLessThan(3);
    }
  }

  @Test
  void aRollbackToAnOpenModelDoesNotLoadItAgain() throws Exception {
    ModelNotice first = notice(0);
    ModelNotice rollback =
        TestDecisions.activated(
            new PublishedArtifact(first.modelId(), first.version(), first.uri(), first.sha256()),
            ModelNotice.UNWRITTEN,
            9);
    try (DetectorPool pool = pool(this::detector, PATIENCE)) {
      pool.acquire(first);

      Outcome outcome = pool.acquire(rollback);

      assertThat(outcome).isEqualTo(new Outcome.Ready(opened(0)));
    }
    assertThat(loads).containsExactly(0L);
  }

  @Test
  void trimmingClosesTheLeastRecentlyUsedBeyondTheCapacity() throws Exception {
    try (DetectorPool pool = pool(this::detector, PATIENCE)) {
      for (long offset = 0; offset < 4; offset++) {
        pool.acquire(notice(offset));
      }
      pool.acquire(notice(0));

      pool.trim();

      assertThat(pool.isReady(notice(1))).isFalse();
      assertThat(isOpen(opened(1))).isFalse();
      for (long kept : new long[] {0, 2, 3}) {
        assertThat(pool.isReady(notice(kept))).as("model %s", kept).isTrue();
        assertThat(isOpen(opened(kept))).isTrue();
      }
    }
  }

  @Test
  void whatIsStillLoadingDrivesNobodyOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    DetectorFactory stuckAfterTheFirst =
        notice -> {
          if (notice.offset() > 0) {
            awaitUninterrupted(never);
          }
          return detector(notice);
        };
    try (DetectorPool pool = pool(stuckAfterTheFirst, PATIENCE)) {
      pool.acquire(notice(0));
      for (long offset = 1; offset <= 5; offset++) {
        pool.prepare(notice(offset));
      }

      pool.trim();

      assertThat(pool.isReady(notice(0))).isTrue();
      assertThat(isOpen(opened(0))).isTrue();
    } finally {
      never.countDown();
    }
  }

  @Test
  void closingEndsTheThreadAndFreesEveryDetector() throws Exception {
    List<Thread> loaders = new CopyOnWriteArrayList<>();
    DetectorPool pool =
        pool(
            notice -> {
              loaders.add(Thread.currentThread());
              return detector(notice);
            },
            PATIENCE);
    pool.acquire(notice(0));
    pool.acquire(notice(1));

    pool.close();

    Await.until("the loader has ended", () -> !loaders.get(0).isAlive());
    assertThat(opened.values()).hasSize(2).noneMatch(OpenDetectors::isOpen);
  }

  @Test
  void aLoadThatEndsAfterClosingFreesItsOwnDetector() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    DetectorPool pool =
        pool(
            notice -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException closing) {
                interrupted.countDown();
              }
              return detector(notice);
            },
            PATIENCE);
    pool.prepare(notice(0));
    started.await();

    pool.close();

    assertThat(interrupted.getCount()).isZero();
    Await.until("the late detector is closed", () -> opened.containsKey(0L) && !isOpen(opened(0)));
  }

  @Test
  void aDetectorThatHasLeftTheGpuIsToldOfOnce() throws Exception {
    try (DetectorPool pool = pool(this::detector, PATIENCE)) {
      pool.acquire(notice(0));
      pool.acquire(notice(1));
      Detector gone = opened(1);

      pool.noteMoved(detector -> false);
      pool.noteMoved(detector -> detector.equals(gone));
      pool.noteMoved(detector -> detector.equals(gone));

      assertThat(moves).hasValue(1);
    }
  }

  @Test
  void oneThatIsOnTheCpuByChoiceHasNotLeftTheGpu() throws Exception {
    try (DetectorPool pool = pool(this::detector, PATIENCE)) {
      pool.acquire(notice(0));

      pool.noteMoved(Detector::hasMovedToCpu);

      assertThat(moves).hasValue(0);
    }
  }

  private DetectorPool pool(DetectorFactory factory, Duration timeout) {
    return new DetectorPool(
        "test", factory, new PoolLimits(timeout, 3), System::nanoTime, listener());
  }

  private LoadListener listener() {
    return new LoadListener() {
      @Override
      public void loaded(ModelNotice notice, Duration took) {
        loads.add(notice.offset());
      }

      @Override
      public void refused(ModelNotice notice, Reason reason) {
        refusals.add(reason);
      }

      @Override
      public void movedToCpu() {
        moves.incrementAndGet();
      }
    };
  }

  private Detector detector(ModelNotice notice) {
    Detector detector =
        Detector.open(TestModels.artifact(1, 1), new DetectorSettings(0.01, 0.5, "cpu"));
    opened.put(notice.offset(), detector);
    return detector;
  }

  private Detector opened(long offset) {
    Detector detector = opened.get(offset);
    if (detector == null) {
      throw new AssertionError("model " + offset + " was never opened");
    }
    return detector;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static ModelNotice notice(long offset) {
    return TestDecisions.activated(
        new PublishedArtifact("test", "v000001", "file:///store/" + offset + "/", ""), offset, 0);
  }
}
