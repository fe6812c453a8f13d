package io.nelbo.jobs.values;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** What to do about a time that cannot be read. */
final class TimeAdvice {
  private static final String EXAMPLE = "2026-12-31T23:59:59Z";
  private static final Pattern DAY_OR_MONTH_FIRST =
      Pattern.compile("\\d{1,2}([/-])\\d{1,2}\\1\\d{2,4}\\b.*");
  private static final Pattern SHORT_YEAR =
      Pattern.compile("\\d{1,2}([./-])\\d{1,2}\\1\\d{2}(\\D.*)?");
  private static final Pattern HALF_DAY = Pattern.compile("(?i).*\\d ?[ap]\\.?m\\.?.*");
  private static final Pattern WITHOUT_DASHES = Pattern.compile("\\d{8}[Tt ]\\d{4,6}.*");
  private static final Pattern NAMED_ZONE = Pattern.compile(".*\\d ?[A-Za-z][A-Za-z/_]{1,40}");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d+");
  private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}.*)?");
  private static final Pattern DIGITS_OF_A_DATE =
      Pattern.compile("(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(\\d{4}|\\d{6}|\\d{9})?");

  /** Days since 1899-12-30 from 2000 to 2050. */
  private static final BigDecimal FIRST_SHEET_DAY = BigDecimal.valueOf(36_526);

  private static final BigDecimal LAST_SHEET_DAY = BigDecimal.valueOf(54_789);

  private TimeAdvice() {}

  static String of(String text) {
    if (HALF_DAY.matcher(text).matches()) {
      return ": write hours from 00 to 23, like " + EXAMPLE;
    }
    if (SHORT_YEAR.matcher(text).matches()) {
      return ": write the year with four digits, like " + EXAMPLE;
    }
    if (DAY_OR_MONTH_FIRST.matcher(text).matches()) {
      return ": whether day or month comes first cannot be told, write it like " + EXAMPLE;
    }
    if (WITHOUT_DASHES.matcher(text).matches()) {
      return ": write it with dashes and colons, like " + EXAMPLE;
    }
    if (TIME_OF_DAY.matcher(text).matches()) {
      return ": it has no date, write it like " + EXAMPLE;
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return ": is that a decimal comma? Write " + text.replace(',', '.');
    }
    if (NAMED_ZONE.matcher(text).matches()) {
      return ": write its offset, like 2026-12-31T23:59:59+01:00";
    }
    return ": use ISO-8601, like %s, or a number of seconds or milliseconds since 1970"
        .formatted(EXAMPLE);
  }

  static String ofNumber(EpochUnit unit, String text, BigDecimal number) {
    if (DIGITS_OF_A_DATE.matcher(text).matches()) {
      return "is no count since 1970; if it is a date, write it like " + EXAMPLE;
    }
    List<String> examples = unit.examples(number);
    String meanings = examples.isEmpty() ? "" : " (%s)".formatted(String.join(", ", examples));
    if (unit != EpochUnit.AUTO) {
      return "in %s since 1970 is not between %s and %s%s: see source.time-unit, for files --time-unit"
          .formatted(unit.settingName(), TimeText.EARLIEST, TimeText.LATEST_EXCLUSIVE, meanings);
    }
    String days =
        number.compareTo(FIRST_SHEET_DAY) >= 0 && number.compareTo(LAST_SHEET_DAY) <= 0
            ? "; as a day of a spreadsheet it is %s: export it as a date"
                .formatted(
                    Instant.parse("1899-12-30T00:00:00Z")
                        .plusSeconds(number.movePointRight(0).longValue() * 86_400)
                        .toString()
                        .substring(0, 10))
            : "";
    return examples.isEmpty()
        ? "is no likely time since 1970 in any unit" + days
        : "is no likely time since 1970 in any unit%s: if one of them is meant, say so in source.time-unit, for files --time-unit%s"
            .formatted(meanings, days);
  }
}
