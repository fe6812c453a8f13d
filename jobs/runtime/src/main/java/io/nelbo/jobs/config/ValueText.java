package io.nelbo.jobs.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scalars as people write them, both ways: durations, sizes, numbers, lower-case constants. */
public final class ValueText {
  /** Longer than any span of records; what is added to a time must stay one. */
  private static final Duration LONGEST = Duration.ofDays(100_000);

  private static final Duration BEYOND = LONGEST.plusMillis(1);

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");
  private static final Map<String, Duration> DURATION_UNITS = new LinkedHashMap<>();
  private static final Map<String, Long> SIZE_UNITS = new LinkedHashMap<>();

  static {
    DURATION_UNITS.put("d", Duration.ofDays(1));
    DURATION_UNITS.put("h", Duration.ofHours(1));
    DURATION_UNITS.put("m", Duration.ofMinutes(1));
    DURATION_UNITS.put("s", Duration.ofSeconds(1));
    DURATION_UNITS.put("ms", Duration.ofMillis(1));
    SIZE_UNITS.put("GiB", 1L << 30);
    SIZE_UNITS.put("MiB", 1L << 20);
    SIZE_UNITS.put("KiB", 1L << 10);
    SIZE_UNITS.put("B", 1L);
  }

  private ValueText() {}

  /**
   * The value of the key's type.
   *
   * @throws IllegalArgumentException naming key, text and rule
   */
  static Object parse(SettingKey key, String text) {
    Object value = read(key, text);
    if (value instanceof Duration duration && duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          String.format("%s must be at most %s, got '%s'", key.path(), format(LONGEST), text));
    }
    return value;
  }

  private static Object read(SettingKey key, String text) {
    Class<?> type = key.type();
    try {
      if (type == String.class) {
        return withoutNul(text);
      }
      if (type == Duration.class) {
        return duration(text);
      }
      if (type.isEnum()) {
        return constant(key, text);
      }
      if (type == double.class) {
        return finite(new BigDecimal(text).doubleValue());
      }
      long number = key.isSize() ? size(text) : Long.parseLong(text);
      return type == int.class ? (Object) Math.toIntExact(number) : (Object) number;
    } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          String.format(
              "%s must be %s, got '%s'%s",
              key.path(), expectation(key), text, suggestion(key, text)),
          e);
    }
  }

  /** {@code 90s} and the like, by the largest unit that divides it. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.compareTo(LONGEST) > 0) {
      return duration.toString();
    }
    for (Map.Entry<String, Duration> unit : DURATION_UNITS.entrySet()) {
      if (duration.toMillis() % unit.getValue().toMillis() == 0) {
        return duration.toMillis() / unit.getValue().toMillis() + unit.getKey();
      }
    }
    return duration.toString();
  }

  /** {@code 64MiB} and the like, by the largest unit that divides it. */
  public static String formatSize(long bytes) {
    for (Map.Entry<String, Long> unit : SIZE_UNITS.entrySet()) {
      if (bytes != 0 && bytes % unit.getValue() == 0) {
        return bytes / unit.getValue() + unit.getKey();
      }
    }
    return bytes + "B";
  }

  private static String suggestion(SettingKey key, String text) {
    return key.type().isEnum()
        ? new Suggestions(key.constants()).didYouMean(text.toLowerCase(Locale.ROOT))
        : "";
  }

  private static String expectation(SettingKey key) {
    if (key.type().isEnum()) {
      return key.kind();
    }
    if (key.isSize()) {
      return "a size like 512KiB, 1MiB or 2GiB";
    }
    if (key.type() == Duration.class) {
      return "a duration like 50ms, 30s, 10m, 1h, 1d or PT1H30M";
    }
    if (key.type() == String.class) {
      return "text without a NUL character";
    }
    if (key.type() == double.class) {
      return "a number";
    }
    return key.type() == int.class ? "an integer" : "a long integer";
  }

  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name of a file or topic holds it");
    }
    return text;
  }

  private static double finite(double number) {
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("beyond all numbers");
    }
    return number;
  }

  private static Duration duration(String text) {
    if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
      Duration iso = Duration.parse(text);
      if (iso.isNegative() || iso.toNanosPart() % 1_000_000 != 0) {
        throw new IllegalArgumentException("negative, or finer than a millisecond");
      }
      return iso;
    }
    Matcher matcher = matcher(text);
    Duration unit = DURATION_UNITS.get(matcher.group(2));
    if (unit == null) {
      throw new IllegalArgumentException("no unit of time");
    }
    long number = Long.parseLong(matcher.group(1));
    return number > LONGEST.dividedBy(unit) ? BEYOND : unit.multipliedBy(number);
  }

  private static long size(String text) {
    Matcher matcher = matcher(text);
    String unit = matcher.group(2);
    Long bytes = SIZE_UNITS.get(unit.isEmpty() ? "B" : unit);
    if (bytes == null) {
      throw new IllegalArgumentException("no unit of size");
    }
    return Math.multiplyExact(bytes, Long.parseLong(matcher.group(1)));
  }

  private static Matcher matcher(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    return matcher;
  }

  private static Object constant(SettingKey key, String text) {
    int index = key.constants().indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException("no such constant");
    }
    return key.type().getEnumConstants()[index];
  }
}
