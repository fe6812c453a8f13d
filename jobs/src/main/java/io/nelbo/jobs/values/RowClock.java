package io.nelbo.jobs.values;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The clock of the rows of one series, which stand in the order in which they were written: in the
 * hour that a zone has twice, a row that would be before the one above it belongs to the second
 * pass. Says also when a row stands in an hour that the zone skips.
 */
public final class RowClock implements LocalClock {
  private final ZoneRules rules;
  private long beforeMillis = TimeText.NONE;
  private long newestMillis = TimeText.NONE;
  private boolean skipped;

  public RowClock(ZoneId zone) {
    rules = zone.getRules();
  }

  @Override
  public long millis(long localMillis) {
    LocalDateTime time = LocalClock.dateTime(localMillis);
    ZoneOffsetTransition change = rules.getTransition(time);
    if (change == null) {
      return localMillis - millis(rules.getOffset(time));
    }
    skipped = change.isGap();
    long first = localMillis - millis(change.getOffsetBefore());
    return change.isOverlap() && isPassed(first, change)
        ? localMillis - millis(change.getOffsetAfter())
        : first;
  }

  /** A repeated time is the second pass only where the rows are as far apart as the passes. */
  private boolean isPassed(long millis, ZoneOffsetTransition change) {
    boolean sparse =
        beforeMillis != TimeText.NONE
            && newestMillis - beforeMillis >= -change.getDuration().toMillis();
    return newestMillis != TimeText.NONE
        && (millis < newestMillis || (millis == newestMillis && sparse));
  }

  /** The time of a row, however it was written. */
  public void saw(long millis) {
    if (newestMillis == TimeText.NONE || millis > newestMillis) {
      beforeMillis = newestMillis;
      newestMillis = millis;
    }
  }

  /** Whether a time was skipped by the zone since this was asked last. */
  public boolean tookSkipped() {
    boolean took = skipped;
    skipped = false;
    return took;
  }

  private static long millis(ZoneOffset offset) {
    return offset.getTotalSeconds() * 1000L;
  }
}
