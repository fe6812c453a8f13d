package io.nelbo.model.artifact;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private Words() {}

  /** {@code 1 draw}, {@code 4 draws}. */
  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** All its digits, without zeros behind the point. */
  static String number(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
