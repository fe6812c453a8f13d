package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.CalendarCycle;
import io.nelbo.jobs.config.ContextConfig;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Appends to the values of a record what its event time tells: sine and cosine of each cycle, so
 * that the end of a cycle lies beside its beginning. A function of the time alone: live scoring,
 * training and replay see the same bits.
 */
public final class CalendarContext {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final int DAYS_OF_WEEK = 7;

  /** 1970-01-01 was a Thursday; weeks begin on Monday. */
  private static final int FIRST_DAY = 3;

  private final List<CalendarCycle> cycles;
  private final ZoneRules zone;

  public CalendarContext(ContextConfig context) {
    cycles = context.cycles();
    zone = context.zone().getRules();
  }

  /**
   * The same values when the configuration asks for no calendar, else a longer copy.
   *
   * @param measured features, then context fields
   */
  public float[] complete(float[] measured, long eventTimeMillis) {
    if (cycles.isEmpty()) {
      return measured;
    }
    float[] values = Arrays.copyOf(measured, measured.length + 2 * cycles.size());
    int next = measured.length;
    long localMillis = localMillis(eventTimeMillis);
    for (CalendarCycle cycle : cycles) {
      double angle = 2 * Math.PI * turn(cycle, localMillis);
      // Math.sin may differ in its last bit from machine to machine.
      values[next++] = (float) StrictMath.sin(angle);
      values[next++] = (float) StrictMath.cos(angle);
    }
    return values;
  }

  private long localMillis(long eventTimeMillis) {
    int offsetSeconds = zone.getOffset(Instant.ofEpochMilli(eventTimeMillis)).getTotalSeconds();
    return eventTimeMillis + TimeUnit.SECONDS.toMillis(offsetSeconds);
  }

  /** Position in the cycle, in [0, 1). */
  private static double turn(CalendarCycle cycle, long localMillis) {
    return switch (cycle) {
      case HOUR_OF_DAY -> (double) Math.floorMod(localMillis, DAY_MILLIS) / DAY_MILLIS;
      case DAY_OF_WEEK ->
          (double) Math.floorMod(Math.floorDiv(localMillis, DAY_MILLIS) + FIRST_DAY, DAYS_OF_WEEK)
              / DAYS_OF_WEEK;
    };
  }
}
