package io.nelbo.jobs.score;

import io.nelbo.model.window.SlidingWindow;

/** What the detector remembers of one series. Public fields: Flink keeps it as a POJO. */
public final class SeriesState {
  /** The last records. */
  public SlidingWindow window;

  /** Event time of the last record released to its window; later records must be after it. */
  public long releasedMillis = Long.MIN_VALUE;

  /** Highest event time seen, released or still waiting for its order. */
  public long newestMillis = Long.MIN_VALUE;

  /**
   * Event time from which silence counts: {@link #newestMillis}, or the watermark when the last
   * record came if later, so that a series behind the others is not taken for a silent one.
   */
  public long silentSinceMillis = Long.MIN_VALUE;

  /** Lowest event time still waiting for its order; {@link Long#MAX_VALUE} when none is. */
  public long oldestWaitingMillis = Long.MAX_VALUE;

  /** When the one pending timer fires; {@link Long#MAX_VALUE} without one. */
  public long timerMillis = Long.MAX_VALUE;

  /** For Flink's serialiser. */
  public SeriesState() {
    this(new SlidingWindow());
  }

  SeriesState(SlidingWindow window) {
    this.window = window;
  }
}
