package io.nelbo.jobs.values;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A date and perhaps a time of day and an offset, read from left to right: {@code 2026-12-31},
 * {@code 2026/12/31} or {@code 31.12.2026}; {@code T} or a blank; {@code 23:59}, seconds, a
 * fraction of any length; {@code Z}, {@code UTC}, {@code +01}, {@code +0100} or {@code +01:00}.
 */
final class DateTimeText {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final int MOST_OFFSET_HOURS = 18;
  private static final int NO_NUMBER = -1;

  private final String text;
  private int at;

  DateTimeText(String text) {
    this.text = text;
  }

  /** Epoch milliseconds; {@link TimeText#NONE} if it is not in the grammar. Read it once. */
  long millis(LocalClock local) {
    long day = epochDay();
    if (day == TimeText.NONE) {
      return TimeText.NONE;
    }
    if (isAtEnd()) {
      return local.millis(day * DAY);
    }
    if (!take('T') && !take('t') && !take(' ')) {
      return TimeText.NONE;
    }
    long inDay = millisOfDay();
    if (inDay == TimeText.NONE) {
      return TimeText.NONE;
    }
    long time = day * DAY + inDay;
    if (isAtEnd()) {
      return local.millis(time);
    }
    long offset = offsetMillis();
    return offset == TimeText.NONE || !isAtEnd() ? TimeText.NONE : time - offset;
  }

  private long epochDay() {
    int year;
    int month;
    int day;
    if (charAt(4) == '-' || charAt(4) == '/') {
      char separator = charAt(4);
      year = number(4, 4);
      month = take(separator) ? number(2, 2) : NO_NUMBER;
      day = take(separator) ? number(2, 2) : NO_NUMBER;
    } else {
      day = number(1, 2);
      month = take('.') ? number(1, 2) : NO_NUMBER;
      year = take('.') ? number(4, 4) : NO_NUMBER;
    }
    boolean isDate =
        year > 0
            && month >= 1
            && month <= 12
            && day >= 1
            && YearMonth.of(year, month).isValidDay(day);
    return isDate ? LocalDate.of(year, month, day).toEpochDay() : TimeText.NONE;
  }

  private long millisOfDay() {
    int hour = number(2, 2);
    int minute = take(':') ? number(2, 2) : NO_NUMBER;
    boolean hasSeconds = take(':');
    int second = hasSeconds ? number(2, 2) : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return TimeText.NONE;
    }
    long millis = (hour * 60L + minute) * MINUTE + second * 1000L;
    if (!hasSeconds || (!take('.') && !take(','))) {
      return millis;
    }
    int digits = 0;
    for (int unit = 100; isDigit(charAt(at)); unit /= 10, at++, digits++) {
      millis += (long) unit * (charAt(at) - '0');
    }
    return digits == 0 ? TimeText.NONE : millis;
  }

  private long offsetMillis() {
    take(' ');
    if (take('Z') || take('z') || takeWord("UTC") || takeWord("GMT")) {
      return 0;
    }
    int sign = take('+') ? 1 : take('-') ? -1 : 0;
    int hours = sign == 0 ? NO_NUMBER : number(2, 2);
    int minutes = take(':') || isDigit(charAt(at)) ? number(2, 2) : 0;
    boolean isOffset = hours >= 0 && hours <= MOST_OFFSET_HOURS && minutes >= 0 && minutes < 60;
    return isOffset ? sign * (hours * 60L + minutes) * MINUTE : TimeText.NONE;
  }

  /** The digits that stand here; {@link #NO_NUMBER} if they are fewer. */
  private int number(int least, int most) {
    int value = 0;
    int digits = 0;
    while (digits < most && isDigit(charAt(at))) {
      value = value * 10 + (charAt(at++) - '0');
      digits++;
    }
    return digits < least ? NO_NUMBER : value;
  }

  private boolean take(char expected) {
    boolean found = charAt(at) == expected;
    at += found ? 1 : 0;
    return found;
  }

  private boolean takeWord(String word) {
    boolean found = text.regionMatches(true, at, word, 0, word.length());
    at += found ? word.length() : 0;
    return found;
  }

  private boolean isAtEnd() {
    return at == text.length();
  }

  /** NUL behind the end. */
  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
