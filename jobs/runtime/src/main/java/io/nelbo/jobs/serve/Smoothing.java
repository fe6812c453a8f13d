package io.nelbo.jobs.serve;

import io.nelbo.model.calibrate.RecentScores;

/**
 * What each series' last rows scored, where alarms look at more than one of them. A batch that a
 * refused model spoils is scored again, so nothing counts before it is kept.
 */
public interface Smoothing {
  /** Each row speaks for itself. */
  Smoothing NONE =
      new Smoothing() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void restart() {}

        @Override
        public RecentScores at(String series, long eventTimeMillis) {
          throw new IllegalStateException("nothing is remembered without smoothing");
        }

        @Override
        public void keep() {}
      };

  boolean isOn();

  /** Takes back what {@link #at} has given since the last {@link #keep}. */
  void restart();

  /**
   * What is remembered of the series at this event time; what happens then is to be added to it.
   */
  RecentScores at(String series, long eventTimeMillis);

  /** Remembers what the batch has added. */
  void keep();
}
