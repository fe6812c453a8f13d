package io.nelbo.jobs.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
public final class NumberText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private NumberText() {}

  /** 12,345. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 record}, {@code 12,345 records}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Four significant digits; an exponent below a ten-thousandth and above a billion. */
  public static String figure(double number) {
    return figure(number, 4);
  }

  /** With so many significant digits. */
  public static String figure(double number, int digits) {
    if (!Double.isFinite(number)) {
      return "undefined";
    }
    double size = Math.abs(number);
    if (number == 0 || (size >= 1e-4 && size < 1e9)) {
      BigDecimal rounded = BigDecimal.valueOf(rounded(number, digits)).stripTrailingZeros();
      return size >= 1e4 ? String.format(Locale.ROOT, "%,.0f", number) : rounded.toPlainString();
    }
    return String.format(Locale.ROOT, "%.2e", number);
  }

  public static String time(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis));
  }

  /** For the data of a page: null when it is no number, for JSON has no word for that. */
  public static @Nullable Double cell(double number, int significantDigits) {
    return Double.isFinite(number) ? rounded(number, significantDigits) : null;
  }

  public static double rounded(double number, int significantDigits) {
    return new BigDecimal(number).round(new MathContext(significantDigits)).doubleValue();
  }
}
