package io.nelbo.jobs.replay;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Cells of CSV files, as people's tools write them. */
public final class CsvText {
  private static final Set<String> MISSING = Set.of("", "nan", "null", "na", "n/a", "none");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d+)?([eE]\\+?\\d{1,2})?");

  /** Epoch seconds reach this in the year 5138, milliseconds reached it in 1973. */
  private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern(
          "yyyy-MM-dd['T'][' ']HH:mm[:ss][.SSSSSS][.SSS][XXX]", Locale.ROOT);

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

  /** Epoch milliseconds; without a zone UTC is meant. */
  public static Optional<Long> time(String text) {
    if (NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      boolean seconds = number.compareTo(SECONDS_BELOW) < 0;
      return Optional.of((seconds ? number.movePointRight(3) : number).longValue());
    }
    try {
      return Optional.of(instant(text).toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    if (text.length() == "yyyy-MM-dd".length()) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    TemporalAccessor parsed = DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime zoned
        ? zoned.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }
}
