package io.nelbo.jobs.values;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers as text: digits with at most one decimal point, and an optional exponent. No suffixes, no
 * hexadecimals, no grouping of digits, no decimal comma.
 */
public final class NumberText {
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?\\d{1,3}([,.'\u2019 \u00a0\u202f_]\\d{3})+([.,]\\d+)?");
  private static final Pattern WITH_UNIT =
      Pattern.compile(
          "([+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?) ?[\\p{L}%\u00b0/\u00b2\u00b3]+");
  private static final Set<String> SWITCHES = Set.of("true", "false", "on", "off", "yes", "no");

  /** Longer texts are not looked into. */
  private static final int LONGEST = 64;

  private NumberText() {}

  /**
   * The nearest 32-bit number, NaN for a missing value; infinite if the text says so or its number
   * is too large.
   *
   * @throws ValueFormatException if it is neither
   */
  public static float parse(String text) throws ValueFormatException {
    String number = text.strip();
    if (isNumber(number)) {
      return Float.parseFloat(number);
    }
    if (MissingText.isMissing(number)) {
      return Float.NaN;
    }
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "infinity", "+infinity", "inf", "+inf" -> Float.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Float.NEGATIVE_INFINITY;
      default -> {
        String advice = advice(number);
        throw new ValueFormatException(number, "is no number" + advice, !advice.isEmpty());
      }
    };
  }

  /** Whether it is in the grammar; blanks around it are not. */
  public static boolean isNumber(String text) {
    int end = text.length();
    int at = 0;
    if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int whole = digits(text, at);
    at += whole;
    int fraction = 0;
    if (at < end && text.charAt(at) == '.') {
      fraction = digits(text, at + 1);
      at += 1 + fraction;
    }
    if (whole + fraction == 0) {
      return false;
    }
    if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      int exponent = digits(text, at);
      at += exponent;
      return exponent > 0 && at == end;
    }
    return at == end;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  private static String advice(String text) {
    if (text.length() > LONGEST) {
      return "";
    }
    if (GROUPED.matcher(text).matches() && !DECIMAL_COMMA.matcher(text).matches()) {
      return ": its digits are grouped, write them without";
    }
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return ": is that a decimal comma? Write %s".formatted(text.replace(',', '.'));
    }
    if (text.regionMatches(true, 0, "0x", 0, 2)) {
      return ": write it decimal";
    }
    if (WITH_UNIT.matcher(text).matches()) {
      return ": letters follow its digits, write the number alone";
    }
    return SWITCHES.contains(text.toLowerCase(Locale.ROOT)) ? ": write 1 and 0" : "";
  }
}
