package io.nelbo.jobs.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a number counts that stands for a time: units since 1970. */
public enum EpochUnit {
  /** The one unit in which it is a likely time; see {@link #EARLIEST_LIKELY}. */
  AUTO(0),
  SECONDS(3),
  MILLISECONDS(0),
  MICROSECONDS(-3),
  NANOSECONDS(-6);

  /** Numbers that mean an earlier time in a unit are not taken for times in that unit. */
  private static final Instant EARLIEST_LIKELY = Instant.parse("1990-01-01T00:00:00Z");

  /** Seconds since 1904, as some laboratories count them, would be later from 2014 on. */
  private static final Instant LATEST_LIKELY = Instant.parse("2080-01-01T00:00:00Z");

  /** Counts of 100 ns since the year 1 would be in 1990 as nanoseconds. */
  private static final Instant EARLIEST_NANOSECONDS = Instant.parse("2000-01-01T00:00:00Z");

  private static final List<EpochUnit> UNITS =
      List.of(SECONDS, MILLISECONDS, MICROSECONDS, NANOSECONDS);
  private static final int LARGEST_EXPONENT = 30;
  private static final int EXAMPLES = 2;

  /** How far to move the decimal point to have milliseconds. */
  private final int toMillis;

  EpochUnit(int toMillis) {
    this.toMillis = toMillis;
  }

  /**
   * Epoch milliseconds, what is finer is cut off; {@link TimeText#NONE} if it is no likely time in
   * any unit, or too large.
   */
  long millis(long number) {
    if (this != AUTO) {
      return exactMillis(number);
    }
    for (EpochUnit unit : UNITS) {
      long millis = unit.exactMillis(number);
      if (unit.isLikely(millis)) {
        return millis;
      }
    }
    return TimeText.NONE;
  }

  /** The same of any number. */
  long millis(BigDecimal number) {
    if (this != AUTO) {
      return exactMillis(number);
    }
    for (EpochUnit unit : UNITS) {
      long millis = unit.exactMillis(number);
      if (unit.isLikely(millis)) {
        return millis;
      }
    }
    return TimeText.NONE;
  }

  private boolean isLikely(long millis) {
    Instant earliest = this == NANOSECONDS ? EARLIEST_NANOSECONDS : EARLIEST_LIKELY;
    return millis >= earliest.toEpochMilli() && millis < LATEST_LIKELY.toEpochMilli();
  }

  private long exactMillis(long number) {
    return switch (this) {
      case SECONDS ->
          Math.abs(number / 1000) < Long.MAX_VALUE / 1_000_000 ? number * 1000 : TimeText.NONE;
      case MICROSECONDS -> Math.floorDiv(number, 1000L);
      case NANOSECONDS -> Math.floorDiv(number, 1_000_000L);
      case AUTO, MILLISECONDS -> number;
    };
  }

  private long exactMillis(BigDecimal number) {
    // Before anything is written out: a short text may stand for a billion digits.
    long magnitude = (long) number.precision() - number.scale();
    if (number.signum() != 0 && Math.abs(magnitude) > LARGEST_EXPONENT) {
      return TimeText.NONE;
    }
    if (number.signum() == 0) {
      return 0;
    }
    BigDecimal millis = number.movePointRight(toMillis).setScale(0, RoundingMode.FLOOR);
    return millis.precision() < 19 ? millis.longValueExact() : TimeText.NONE;
  }

  /** What a number would mean in other units than this, as far as it would be a time there. */
  List<String> examples(BigDecimal number) {
    List<String> examples = new ArrayList<>();
    for (EpochUnit unit : UNITS) {
      long millis = unit == this ? TimeText.NONE : unit.exactMillis(number);
      if (TimeText.isPossible(millis) && examples.size() < EXAMPLES) {
        examples.add("as %s %s".formatted(unit.settingName(), Instant.ofEpochMilli(millis)));
      }
    }
    return examples;
  }

  /** As the configuration writes it. */
  public String settingName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
