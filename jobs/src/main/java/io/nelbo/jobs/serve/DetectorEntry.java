package io.nelbo.jobs.serve;

import io.nelbo.jobs.serve.LoadPhase.Attempted;
import io.nelbo.jobs.serve.LoadPhase.Loading;
import io.nelbo.jobs.serve.LoadPhase.Open;
import io.nelbo.jobs.serve.LoadPhase.Unsettled;
import io.nelbo.jobs.serve.LoadPhase.Waiting;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.detect.Detector;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One artifact in a pool: its phase, and whoever waits for it. Moved by the loader's thread and by
 * the task's; whichever moves it first wins, and owns the detector that the other comes with.
 */
final class DetectorEntry {
  private final CountDownLatch settled = new CountDownLatch(1);
  private LoadPhase phase = Loading.first(); // guarded by this
  private OptionalLong deadlineNanos = OptionalLong.empty(); // of the task's thread

  synchronized LoadPhase phase() {
    return phase;
  }

  /**
   * Waits until it is open, refused, closed or known to be missing; all in all no longer than the
   * timeout, which counts from the first time that somebody waits.
   */
  LoadPhase await(Duration timeout, long nowNanos) throws InterruptedException {
    if (settled.getCount() > 0) {
      if (deadlineNanos.isEmpty()) {
        deadlineNanos = OptionalLong.of(nowNanos + timeout.toNanos());
      }
      long left = Math.max(0, deadlineNanos.getAsLong() - nowNanos);
      settled.await(left, TimeUnit.NANOSECONDS); // too late or not, the phase says it
    }
    return phase();
  }

  /** An attempt begins; false when nobody asks for it any more. */
  synchronized boolean begins() {
    if (phase instanceof Waiting waiting) {
      become(waiting.loading());
    }
    return phase instanceof Attempted;
  }

  /** An attempt has succeeded; false when nobody asks for it any more: then close the detector. */
  synchronized boolean opened(Detector detector) {
    if (!(phase instanceof Attempted attempted)) {
      return false;
    }
    become(attempted.opened(detector));
    return true;
  }

  /** Milliseconds until the next attempt; empty when nobody asks for it any more. */
  synchronized OptionalLong missing() {
    return phase instanceof Attempted attempted ? after(attempted.missing()) : OptionalLong.empty();
  }

  /** Milliseconds until the next attempt; empty when nobody asks for it any more. */
  synchronized OptionalLong failed() {
    return phase instanceof Attempted attempted ? after(attempted.failed()) : OptionalLong.empty();
  }

  /** It is bad; an open detector of it is closed. */
  synchronized void refused(ArtifactException.Reason reason) {
    if (phase instanceof Unsettled unsettled) {
      become(unsettled.refused(reason));
    } else if (phase instanceof Open open) {
      become(open.refused(reason));
      open.detector().close();
    }
  }

  /** Whether the detector has moved, and nobody has been told yet. */
  synchronized boolean hasNewlyMoved(Predicate<Detector> moved) {
    if (phase instanceof Open open && !open.movedToCpu() && moved.test(open.detector())) {
      become(open.moved());
      return true;
    }
    return false;
  }

  synchronized void close() {
    LoadPhase before = phase;
    become(before.closed());
    if (before instanceof Open open) {
      open.detector().close();
    }
  }

  private OptionalLong after(Waiting waiting) {
    become(waiting);
    return OptionalLong.of(waiting.retryMillis());
  }

  private void become(LoadPhase next) {
    phase = next;
    if (!(next instanceof Loading || next instanceof LoadPhase.Retrying)) {
      settled.countDown();
    }
  }
}
