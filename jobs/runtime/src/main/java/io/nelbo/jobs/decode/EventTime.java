package io.nelbo.jobs.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/**
 * Event times as people write them: epoch milliseconds, or ISO-8601 with {@code T} or a blank
 * between date and time; without an offset it is UTC.
 */
final class EventTime {
  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  /** Times outside are mistakes, such as microseconds taken for milliseconds. */
  static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** The first instant that is too late to be true. */
  static final Instant LATEST_EXCLUSIVE = Instant.parse("2200-01-01T00:00:00Z");

  private static final long EARLIEST_MILLIS = EARLIEST.toEpochMilli();
  private static final long LATEST_MILLIS_EXCLUSIVE = LATEST_EXCLUSIVE.toEpochMilli();
  private static final int LONGEST = 64;
  private static final int DATE_LENGTH = "2026-01-02".length();

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .parseLenient()
          .appendOffset("+HH", "Z") // leniently: +02, +0200 and +02:00
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private EventTime() {}

  static boolean isPlausible(long millis) {
    return millis >= EARLIEST_MILLIS && millis < LATEST_MILLIS_EXCLUSIVE;
  }

  /** A number of milliseconds with a fraction is rounded down; {@link #NONE} if it is none. */
  static long ofNumber(double millis) {
    double whole = Math.floor(millis);
    return Math.abs(whole) < 0x1p62 ? (long) whole : NONE;
  }

  /** {@link #NONE} if the text is no time. */
  static long parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return NONE;
    }
    return isNumber(trimmed) ? parseNumber(trimmed) : parseIso(trimmed);
  }

  private static boolean isNumber(String text) {
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static long parseNumber(String text) {
    try {
      return text.indexOf('.') < 0 ? Long.parseLong(text) : ofNumber(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  private static long parseIso(String text) {
    try {
      TemporalAccessor parsed = ISO.parse(withT(text));
      if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
        return Instant.from(parsed).toEpochMilli();
      }
      return LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return NONE;
    }
  }

  private static String withT(String text) {
    boolean hasBlank = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    return hasBlank ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
  }
}
