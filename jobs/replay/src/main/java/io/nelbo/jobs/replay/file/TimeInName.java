package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a file's name holds: a date and a time of day as {@code 20261201T051103}, {@code
 * 2026-12-01_05-11-03.250} or {@code 2026-12-01T05:11:03Z} have it, or a count since 1970 of 10,
 * 13, 16 or 19 digits. The first that is a time counts.
 */
final class TimeInName {
  private static final Pattern DATE_AND_TIME =
      Pattern.compile(
          "(?<!\\d)(\\d{4})([-_./]?)(\\d{2})\\2(\\d{2})([T _-]|(?=\\d))"
              + "(\\d{2})([-_.:h]?)(\\d{2})(?:[-_.:m]?(\\d{2})(?:[.,_-]?(\\d{3}|\\d{6}|\\d{9}))?)?"
              + "(?!\\d)(Z|[+-]\\d{2}:?\\d{2}(?!\\d))?");
  private static final Pattern COUNT =
      Pattern.compile("(?<!\\d)(\\d{10}|\\d{13}|\\d{16}|\\d{19})(?!\\d)");
  private static final Pattern DATE =
      Pattern.compile("(?<!\\d)(\\d{4})([-_./]?)(\\d{2})\\2(\\d{2})(?!\\d)");

  private final TimeText times;

  /**
   * @param times says unit and zone where the name does not
   */
  TimeInName(TimeText times) {
    this.times = times;
  }

  /** Epoch milliseconds; {@link TimeText#NONE} if there is no time of day. */
  long millis(String name) {
    Matcher found = DATE_AND_TIME.matcher(name);
    for (int from = 0; found.find(from); from = found.start() + 1) {
      long millis = millis(found);
      if (millis != TimeText.NONE) {
        return millis;
      }
    }
    Matcher count = COUNT.matcher(name);
    while (count.find()) {
      long millis = parsed(count.group(1));
      if (millis != TimeText.NONE) {
        return millis;
      }
    }
    return TimeText.NONE;
  }

  /** The same, and where there is no time of day, the midnight of a date. */
  long millisOrMidnight(String name) {
    long millis = millis(name);
    Matcher date = DATE.matcher(name);
    while (millis == TimeText.NONE && date.find()) {
      millis = parsed("%s-%s-%s".formatted(date.group(1), date.group(3), date.group(4)));
    }
    return millis;
  }

  private long millis(Matcher found) {
    boolean isCounter =
        found.group(9) == null && found.group(7).isEmpty() && !found.group(5).equals("T");
    if (isCounter) { // the first of a day, or one minute past midnight: 2026-12-01_0001
      return TimeText.NONE;
    }
    String seconds = found.group(9) == null ? "00" : found.group(9);
    String fraction = found.group(10) == null ? "" : "." + found.group(10);
    String offset = found.group(11) == null ? "" : found.group(11);
    return parsed(
        "%s-%s-%sT%s:%s:%s%s%s"
            .formatted(
                found.group(1),
                found.group(3),
                found.group(4),
                found.group(6),
                found.group(8),
                seconds,
                fraction,
                offset));
  }

  private long parsed(String time) {
    try {
      return times.millis(time);
    } catch (ValueFormatException noTime) {
      return TimeText.NONE;
    }
  }
}
