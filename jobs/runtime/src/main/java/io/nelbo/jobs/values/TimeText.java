package io.nelbo.jobs.values;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Times as text or numbers: ISO-8601 with {@code T} or a blank, with or without an offset, a date
 * alone, {@code 2026/12/31}, {@code 31.12.2026}, or a count since 1970. What a text means depends
 * on nothing but the text, unit and zone, so that a replay reads what the live job read.
 */
public final class TimeText {
  /** No time. */
  public static final long NONE = Long.MIN_VALUE;

  /** Times outside are mistakes, such as microseconds taken for milliseconds. */
  public static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** The first instant that is too late to be true. */
  public static final Instant LATEST_EXCLUSIVE = Instant.parse("2200-01-01T00:00:00Z");

  private static final long EARLIEST_MILLIS = EARLIEST.toEpochMilli();
  private static final long LATEST_MILLIS_EXCLUSIVE = LATEST_EXCLUSIVE.toEpochMilli();
  private static final int LONGEST = 64;
  private static final int DIGITS_OF_LONG = 18;

  private final EpochUnit unit;
  private final LocalClock clock;

  /**
   * @param unit of numbers
   * @param zone of times without an offset
   */
  public TimeText(EpochUnit unit, ZoneId zone) {
    this.unit = unit;
    this.clock = LocalClock.of(zone);
  }

  /** Whether it may be the time of a record at all. */
  public static boolean isPossible(long millis) {
    return millis >= EARLIEST_MILLIS && millis < LATEST_MILLIS_EXCLUSIVE;
  }

  /**
   * Epoch milliseconds, what is finer is cut off; {@link #NONE} where there is no value.
   *
   * @throws ValueFormatException if it is no time, or none that may be
   */
  public long millis(String text) throws ValueFormatException {
    return millis(text, clock);
  }

  /** The same with another clock for times without an offset. */
  public long millis(String text, LocalClock local) throws ValueFormatException {
    String time = text.strip();
    if (MissingText.isMissing(time)) {
      return NONE;
    }
    if (time.length() > LONGEST) {
      throw new ValueFormatException(time, "is no time" + TimeAdvice.of(""));
    }
    if (NumberText.isNumber(time)) {
      return ofNumber(time);
    }
    long millis = new DateTimeText(time).millis(local);
    if (millis == NONE) {
      throw new ValueFormatException(time, "is no time" + TimeAdvice.of(time));
    }
    if (!isPossible(millis)) {
      throw new ValueFormatException(
          time, "is not between %s and %s".formatted(EARLIEST, LATEST_EXCLUSIVE));
    }
    return millis;
  }

  /**
   * Epoch milliseconds of a count.
   *
   * @throws ValueFormatException if it is no time that may be
   */
  public long millis(long number) throws ValueFormatException {
    long millis = unit.millis(number);
    // Once a record: the text is made for those alone that are refused.
    return isPossible(millis) ? millis : checked(millis, Long.toString(number));
  }

  private long ofNumber(String text) throws ValueFormatException {
    return isLong(text) ? millis(Long.parseLong(text)) : checked(unit.millis(decimal(text)), text);
  }

  private static boolean isLong(String text) {
    for (int i = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() <= DIGITS_OF_LONG;
  }

  private static BigDecimal decimal(String text) throws ValueFormatException {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException exponent) {
      throw new ValueFormatException(text, "is no time in any unit");
    }
  }

  private long checked(long millis, String number) throws ValueFormatException {
    if (isPossible(millis)) {
      return millis;
    }
    throw new ValueFormatException(number, TimeAdvice.ofNumber(unit, number, decimal(number)));
  }
}
