package io.nelbo.jobs.serve;

import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.detect.Detector;

/**
 * How far a pool is with one artifact. Values: a move gives the next phase, and a phase has methods
 * for its legal moves alone. Before the first of them the pool has never heard of the artifact.
 *
 * <pre>
 *   Loading ──opened──► Open ──refused──► Refused       any ──closed──► Closed
 *    │ ▲  ├──refused──────────────────────▲  ▲ ▲
 *    │ │  └──missing──► Missing ──refused─┘  │ │
 * failed loading          └──opened──► Open ─┘ │
 *    ▼ │                                       │
 *   Retrying ──────────────────────refused─────┘
 * </pre>
 */
sealed interface LoadPhase {
  /** Milliseconds before what failed is tried again for the first time; doubled from then on. */
  long FIRST_RETRY_MILLIS = 100;

  /** A store that is mounted late is found within this. */
  long LAST_RETRY_MILLIS = 10_000;

  /** Nobody asks for it any more. */
  default Closed closed() {
    return new Closed();
  }

  /** Nobody knows yet what becomes of it. */
  sealed interface Unsettled extends LoadPhase {
    /** The artifact is bad, for ever: a function of its bytes. */
    default Refused refused(ArtifactException.Reason reason) {
      return new Refused(reason);
    }
  }

  /** An attempt to open it may end now. */
  sealed interface Attempted extends Unsettled {
    default Open opened(Detector detector) {
      return new Open(detector, false);
    }

    /** The store does not hold it. */
    Missing missing();

    /** It could not be opened, and that is no function of its bytes. */
    Waiting failed();
  }

  /** To be tried again after a while. */
  sealed interface Waiting extends Unsettled {
    long retryMillis();

    /** The while is over. */
    Attempted loading();
  }

  /**
   * On the loader's queue, or being opened. Who needs it waits.
   *
   * @param retryMillis until the next attempt, should this one fail
   */
  record Loading(long retryMillis) implements Attempted {
    static Loading first() {
      return new Loading(FIRST_RETRY_MILLIS);
    }

    @Override
    public Missing missing() {
      return new Missing(retryMillis);
    }

    @Override
    public Retrying failed() {
      return new Retrying(retryMillis);
    }
  }

  /** Failed, but might open at the next attempt. Who needs it waits. */
  record Retrying(long retryMillis) implements Waiting {
    @Override
    public Loading loading() {
      return new Loading(doubled(retryMillis));
    }
  }

  /**
   * Not in the store when it was looked for. Nobody waits, not even while it is looked for again:
   * nobody knows whether it will ever be there.
   */
  record Missing(long retryMillis) implements Waiting, Attempted {
    @Override
    public Missing loading() {
      return new Missing(doubled(retryMillis));
    }

    @Override
    public Missing missing() {
      return this;
    }

    @Override
    public Missing failed() {
      return this;
    }
  }

  /**
   * Ready to score.
   *
   * @param movedToCpu whether it has been told that the detector left its GPU
   */
  record Open(Detector detector, boolean movedToCpu) implements LoadPhase {
    Open moved() {
      return new Open(detector, true);
    }

    /** It cannot score what it promised to. */
    Refused refused(ArtifactException.Reason reason) {
      return new Refused(reason);
    }
  }

  /** Never opened again. */
  record Refused(ArtifactException.Reason reason) implements LoadPhase {}

  /** Given up; whatever still opens it must close it again. */
  record Closed() implements LoadPhase {}

  private static long doubled(long retryMillis) {
    return Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
  }
}
