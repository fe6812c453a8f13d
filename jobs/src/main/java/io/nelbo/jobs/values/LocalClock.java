package io.nelbo.jobs.values;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Which instant a time means that says no offset. */
public interface LocalClock {
  /**
   * @param localMillis the time as if it were UTC
   * @return epoch milliseconds
   */
  long millis(long localMillis);

  /**
   * A function of the time alone. Of an hour that a zone has twice it means the first; one that a
   * zone skips it reads as if the clock had not been put forward.
   */
  static LocalClock of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    if (rules.isFixedOffset()) {
      long offset = offsetMillis(rules.getOffset(Instant.EPOCH));
      return local -> local - offset;
    }
    return local -> {
      LocalDateTime time = dateTime(local);
      ZoneOffsetTransition change = rules.getTransition(time);
      // In a doubled hour and in a skipped one alike, the offset before the change.
      return local
          - offsetMillis(change == null ? rules.getOffset(time) : change.getOffsetBefore());
    };
  }

  /** The time of day as if it were UTC, with nothing finer than milliseconds. */
  static LocalDateTime dateTime(long localMillis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(localMillis), ZoneOffset.UTC);
  }

  private static long offsetMillis(ZoneOffset offset) {
    return offset.getTotalSeconds() * 1000L;
  }
}
