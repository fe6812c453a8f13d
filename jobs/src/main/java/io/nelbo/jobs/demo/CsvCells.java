package io.nelbo.jobs.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of one cell means; empty answers mean "cannot be read". */
final class CsvCells {
  private static final Set<String> NOT_OBSERVED = Set.of("", "nan", "na", "n/a", "null", "none");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?");
  private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

  private CsvCells() {}

  static boolean isBlank(String cell) {
    return NOT_OBSERVED.contains(cell.toLowerCase(Locale.ROOT));
  }

  /** A finite number, NaN for a cell that was not observed. */
  static Optional<Float> number(String cell) {
    if (isBlank(cell)) {
      return Optional.of(Float.NaN);
    }
    try {
      float value = Float.parseFloat(cell);
      return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * ISO-8601 with or without an offset (without: UTC), a blank instead of the T, a date alone, or a
   * number: epoch milliseconds from 1e11 on, epoch seconds below.
   */
  static Optional<Instant> time(String cell) {
    if (NUMBER.matcher(cell).matches()) {
      return Optional.of(epoch(new BigDecimal(cell)));
    }
    String iso = cell.replaceFirst("^(\\d{4}-\\d{2}-\\d{2})[ t]", "$1T");
    try {
      if (!iso.contains("T")) {
        return Optional.of(LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      boolean hasOffset = iso.matches(".*T.*(Z|z|[+-]\\d{2}(:?\\d{2})?)");
      return Optional.of(
          hasOffset
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant epoch(BigDecimal number) {
    boolean millis = number.abs().compareTo(MILLIS_FROM) >= 0;
    BigDecimal inMillis = millis ? number : number.movePointRight(3);
    return Instant.ofEpochMilli(inMillis.setScale(0, RoundingMode.HALF_UP).longValue());
  }

  /** 1, 1.0 and true; 0, 0.0 and false; {@code Optional.empty()} inside for a blank cell. */
  static Optional<Optional<Boolean>> label(String cell) {
    if (isBlank(cell)) {
      return Optional.of(Optional.empty());
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "1", "1.0", "true" -> Optional.of(Optional.of(true));
      case "0", "0.0", "false" -> Optional.of(Optional.of(false));
      default -> Optional.empty();
    };
  }
}
