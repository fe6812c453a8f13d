package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.retrain.WatchedStore.Moment;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever befalls a training: it is announced, and the next slide tries again. */
final class FailedTrainingTest {
  private static final long STEP = 1_000;
  private static final long PARK_NANOS = 1_000_000;

  // The operator's recipe for a store finds here what a job graph cannot carry.
  private static volatile Struck struck = new Struck();

  @TempDir private Path folder;

  /** Strikes once. */
  private static final class Struck {
    private final AtomicBoolean already = new AtomicBoolean();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Deaf to interrupts, like native code. */
    void hang() throws IOException {
      hanging.countDown();
      while (ended.getCount() > 0) {
        LockSupport.parkNanos(PARK_NANOS);
        Thread.interrupted();
      }
      throw new IOException("nobody listens any more");
    }
  }

  private enum Fault {
    RUNS_OUT_OF_MEMORY("java.lang.OutOfMemoryError: Java heap space"),
    FINDS_THE_DISK_FULL("No space left on device"),
    HANGS("the training did not end within PT11M, train.budget is PT5M");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    void strike(Moment now) throws IOException {
      if (now != Moment.PUBLICATION_BEGINS || struck.already.getAndSet(true)) {
        return;
      }
      switch (this) {
        case RUNS_OUT_OF_MEMORY -> throw new OutOfMemoryError("Java heap space");
        case FINDS_THE_DISK_FULL -> throw new IOException("No space left on device");
        case HANGS -> struck.hang();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTrainingThatFailsIsAnnouncedAndTheNextSlideTriesAgain(Fault fault) throws Exception {
    struck = new Struck();
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    String root = folder.toString();
    try (RetrainHarness retrain =
        RetrainHarness.openOn(folder, () -> new WatchedStore(Path.of(root), fault::strike))) {
      long time = SLIDE;
      for (; time < SLIDE + 300 * STEP; time += STEP) {
        retrain.send("s", time, sensors.normal());
      }
      retrain.watermark(time - STEP);
      if (fault == Fault.HANGS) {
        Await.until("it hangs", () -> struck.hanging.getCount() == 0);
        retrain.processingTime(11L * 60_000);
      }
      retrain.settle();
      for (; time <= 2 * SLIDE; time += STEP) {
        retrain.send("s", time, sensors.normal());
      }

      retrain.watermark(2 * SLIDE);
      retrain.settle();

      assertThat(retrain.kinds()).containsExactly(FAILED, ACTIVATED);
      assertThat(retrain.decisions().get(0).reason()).isEqualTo(fault.reason);
      assertThat(retrain.decisions().get(0).rows()).isEqualTo(300);
      assertThat(new LocalArtifactStore(folder).list("test"))
          .extracting(version -> version.sha256())
          .containsExactly(retrain.last().sha256());
    } finally {
      struck.ended.countDown();
    }
  }
}
