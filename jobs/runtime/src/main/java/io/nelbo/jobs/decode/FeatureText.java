package io.nelbo.jobs.decode;

import java.util.Locale;

/**
 * A feature written as text. Empty and {@code NaN} mean not observed; the infinities are
 * recognised, so that they can be refused by name.
 */
final class FeatureText {
  private FeatureText() {}

  /**
   * @throws NumberFormatException if it is no number
   */
  static float parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return Float.NaN;
    }
    char last = trimmed.charAt(trimmed.length() - 1);
    boolean looksDecimal = (last >= '0' && last <= '9') || last == '.';
    if (looksDecimal && trimmed.indexOf('x') < 0 && trimmed.indexOf('X') < 0) {
      return Float.parseFloat(trimmed);
    }
    return parseWord(trimmed);
  }

  /**
   * NaN and the infinities alone.
   *
   * @throws NumberFormatException if it is another word
   */
  static float parseWord(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan" -> Float.NaN;
      case "infinity", "+infinity", "inf", "+inf" -> Float.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Float.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException("not a number");
    };
  }
}
