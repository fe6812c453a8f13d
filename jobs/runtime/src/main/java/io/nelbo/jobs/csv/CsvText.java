package io.nelbo.jobs.csv;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cells of CSV files, as people's tools write them. */
public final class CsvText {
  private static final Set<String> MISSING = Set.of("", "nan", "null", "na", "n/a", "none");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d*)?([eE]\\+?\\d{1,2})?");

  /** Epoch seconds reach this in the year 5138, milliseconds reached it in 1973. */
  private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);

  private static final Pattern DATE_AND_BLANK = Pattern.compile("^(\\d{4}-\\d{2}-\\d{2})[ t]");
  private static final Pattern OFFSET = Pattern.compile("T.*(Z|z|[+-]\\d{2}(:?\\d{2})?)$");

  private CsvText() {}

  static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** 1, 0 or -1; empty when it is none of the spellings. */
  static Optional<Integer> label(String text) {
    if (isMissing(text)) {
      return Optional.of(-1);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "1.0", "true" -> Optional.of(1);
      case "0", "0.0", "false" -> Optional.of(0);
      default -> Optional.empty();
    };
  }

  /** A finite number, NaN where nothing was observed; empty when it is neither. */
  public static Optional<Float> number(String text) {
    if (isMissing(text)) {
      return Optional.of(Float.NaN);
    }
    try {
      float value = Float.parseFloat(text);
      return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Epoch milliseconds of ISO-8601 (a blank instead of the T is understood, without an offset UTC
   * is meant), of a date alone, or of a number: epoch milliseconds from 1e11 on, seconds below.
   */
  public static Optional<Long> time(String text) {
    try {
      return Optional.of(NUMBER.matcher(text).matches() ? epoch(text) : instant(text));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static long epoch(String text) {
    BigDecimal number = new BigDecimal(text);
    boolean seconds = number.abs().compareTo(SECONDS_BELOW) < 0;
    BigDecimal millis = seconds ? number.movePointRight(3) : number;
    return millis.setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static long instant(String text) {
    Matcher blank = DATE_AND_BLANK.matcher(text);
    String iso = blank.find() ? blank.group(1) + "T" + text.substring(blank.end()) : text;
    if (iso.indexOf('T') < 0) {
      return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
    return OFFSET.matcher(iso).find()
        ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
