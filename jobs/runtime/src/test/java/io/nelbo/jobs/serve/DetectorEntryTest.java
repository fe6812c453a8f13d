package io.nelbo.jobs.serve;

import static io.nelbo.jobs.testing.OpenDetectors.isOpen;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whoever moves an entry first owns the detector, and nobody waits longer than allowed. */
final class DetectorEntryTest {
  private static final Duration FOREVER = Duration.ofDays(1);

  private final DetectorEntry entry = new DetectorEntry();

  @Test
  void whatWasOpenedAfterTheEntryDiedIsLeftToWhoeverOpenedIt() {
    try (Detector late = detector()) {
      assertThat(entry.begins()).isTrue();
      entry.close();

      boolean taken = entry.opened(late);

      assertThat(taken).isFalse();
      assertThat(isOpen(late)).isTrue();
      assertThat(entry.phase()).isEqualTo(new LoadPhase.Closed());
    }
  }

  @Test
  void aDeadEntryIsNotTriedAgain() {
    entry.begins();
    entry.close();

    assertThat(entry.failed()).isEqualTo(OptionalLong.empty());
    assertThat(entry.missing()).isEqualTo(OptionalLong.empty());
    assertThat(entry.begins()).isFalse();
  }

  @Test
  void closingAnOpenEntryClosesItsDetector() {
    Detector detector = detector();
    entry.begins();
    entry.opened(detector);

    entry.close();

    assertThat(isOpen(detector)).isFalse();
  }

  @Test
  void aRefusalInUseClosesTheDetectorAndIsFinal() throws Exception {
    Detector detector = detector();
    entry.begins();
    entry.opened(detector);

    entry.refused(Reason.INVALID);

    assertThat(isOpen(detector)).isFalse();
    assertThat(entry.begins()).isFalse();
    assertThat(entry.await(FOREVER, 0)).isEqualTo(new LoadPhase.Refused(Reason.INVALID));
  }

  @Test
  void whoWaitsForWhatIsMissingIsLetGoAtOnceAndForGood() throws Exception {
    entry.begins();
    entry.missing();
    entry.begins();

    assertThat(entry.await(FOREVER, 0)).isInstanceOf(LoadPhase.Missing.class);
  }

  @Test
  void theTimeoutCountsFromTheFirstWait() throws Exception {
    entry.await(Duration.ofNanos(10), 100);

    LoadPhase phase = entry.await(FOREVER, 110); // the first one's timeout is what counts

    assertThat(phase).isEqualTo(LoadPhase.Loading.first());
  }

  private static Detector detector() {
    return Detector.open(TestModels.artifact(1, 1), new DetectorSettings(0.01, 0.5, "cpu"));
  }
}
