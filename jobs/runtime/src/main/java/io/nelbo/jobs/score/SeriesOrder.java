package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Observation;
import java.util.Optional;

/**
 * The order of the records of each series, by the data alone: a record is late iff its event time
 * is not after the last released one of its own series, or before it where times may be shared.
 * With a bound, a record is released once its series has come that much further, or has been silent
 * for that long.
 *
 * <p>One timer per series: first to release what waits in vain for successors, then to forget the
 * series. Keeps nothing itself but what {@link WaitingRecords} does.
 */
final class SeriesOrder {
  /** Where records go. */
  interface Outlet {
    /** The next record of its series. */
    void release(Observation record, SeriesState series) throws Exception;

    /** A record that came after a later one, or the same, had been released. */
    void late(Observation record);

    /** What waited is released because nothing came after it. */
    void idleFlush();
  }

  /** Event-time timers of the series that is the current key. */
  interface Timers {
    void register(long eventTimeMillis);

    void delete(long eventTimeMillis);
  }

  private final long boundMillis;
  private final boolean sharesTimes;
  private final long forgetAfterMillis;
  private final WaitingRecords waiting;
  private final Timers timers;
  private final Outlet outlet;

  /**
   * @param boundMillis event time that a record may lag behind its series' newest; 0 takes records
   *     as they come
   * @param sharesTimes whether records of one time are different ones, in the order of their coming
   * @param forgetAfterMillis silence after which a series is forgotten
   */
  SeriesOrder(
      long boundMillis,
      boolean sharesTimes,
      long forgetAfterMillis,
      WaitingRecords waiting,
      Timers timers,
      Outlet outlet) {
    this.boundMillis = boundMillis;
    this.sharesTimes = sharesTimes;
    this.forgetAfterMillis = forgetAfterMillis;
    this.waiting = waiting;
    this.timers = timers;
    this.outlet = outlet;
  }

  /**
   * A record of the series at hand has come.
   *
   * @return whether the series has changed; it has not if the record is late
   */
  boolean arrive(Observation record, SeriesState series, long watermarkMillis) throws Exception {
    if (isLate(record, series)) {
      outlet.late(record);
      return false;
    }
    series.newestMillis = Math.max(series.newestMillis, record.eventTimeMillis());
    series.silentSinceMillis = Math.max(series.newestMillis, watermarkMillis);
    if (boundMillis == 0) {
      release(record, series);
    } else {
      waiting.add(record, series);
      releaseUntil(series.newestMillis - boundMillis, record.series(), series);
    }
    scheduleTimer(series);
    return true;
  }

  /** Whether this is the pending timer of the series, and not one that was replaced. */
  static boolean isPending(long timerMillis, SeriesState series) {
    return series.timerMillis == timerMillis;
  }

  /**
   * The pending timer of the series at hand has fired.
   *
   * @return whether the series has been silent for so long that it is to be forgotten
   */
  boolean wake(String name, SeriesState series) throws Exception {
    long silentMillis = series.timerMillis - series.silentSinceMillis;
    series.timerMillis = Long.MAX_VALUE;
    boolean forgotten = silentMillis >= forgetAfterMillis;
    if (isWaiting(series) && (forgotten || silentMillis >= boundMillis)) {
      outlet.idleFlush();
      releaseUntil(series.newestMillis, name, series);
    }
    if (!forgotten) {
      scheduleTimer(series);
    }
    return forgotten;
  }

  private void releaseUntil(long untilMillis, String name, SeriesState series) throws Exception {
    Optional<Observation> due = waiting.poll(name, untilMillis, series);
    while (due.isPresent()) {
      release(due.get(), series);
      due = waiting.poll(name, untilMillis, series);
    }
  }

  /** What waited under a bound that was taken away since may have become late. */
  private void release(Observation record, SeriesState series) throws Exception {
    if (isLate(record, series)) {
      outlet.late(record);
      return;
    }
    series.releasedMillis = record.eventTimeMillis();
    outlet.release(record, series);
  }

  private boolean isLate(Observation record, SeriesState series) {
    return record.eventTimeMillis() < series.releasedMillis
        || (record.eventTimeMillis() == series.releasedMillis && !sharesTimes);
  }

  private void scheduleTimer(SeriesState series) {
    long dueMillis =
        saturatedSum(series.silentSinceMillis, isWaiting(series) ? boundMillis : forgetAfterMillis);
    boolean isPending = series.timerMillis != Long.MAX_VALUE;
    if (isPending && !(isWaiting(series) && series.timerMillis > dueMillis)) {
      return;
    }
    if (isPending) {
      timers.delete(series.timerMillis);
    }
    series.timerMillis = dueMillis;
    timers.register(dueMillis);
  }

  private static boolean isWaiting(SeriesState series) {
    return series.oldestWaitingMillis != Long.MAX_VALUE;
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE - 1 : a + b;
  }
}
