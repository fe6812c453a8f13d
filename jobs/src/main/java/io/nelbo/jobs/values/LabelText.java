package io.nelbo.jobs.values;

import java.util.Locale;

/** What is known of a record, as text: anomalous, normal, or nothing. */
public final class LabelText {
  public static final int ANOMALOUS = 1;
  public static final int NORMAL = 0;
  public static final int UNKNOWN = -1;

  private static final String RULE =
      "is no label: use 1 or true for anomalous, 0 or false for normal, nothing where unknown";

  private LabelText() {}

  /**
   * One of the three.
   *
   * @throws ValueFormatException if it is none of the spellings
   */
  public static int parse(String text) throws ValueFormatException {
    String label = text.strip();
    if (MissingText.isMissing(label)) {
      return UNKNOWN;
    }
    return switch (label.toLowerCase(Locale.ROOT)) {
      case "1", "true", "t", "yes", "y", "anomaly", "anomalous", "abnormal" -> ANOMALOUS;
      case "0", "false", "f", "no", "n", "normal" -> NORMAL;
      default -> ofNumber(label);
    };
  }

  /** 1 and 0 in any spelling of a number. */
  private static int ofNumber(String label) throws ValueFormatException {
    if (NumberText.isNumber(label)) {
      double number = Double.parseDouble(label);
      if (number == ANOMALOUS) {
        return ANOMALOUS;
      }
      if (number == NORMAL && !label.startsWith("-") && isZero(label)) {
        return NORMAL;
      }
      if (number == -1) {
        throw new ValueFormatException(
            label, RULE + " (-1 is anomalous to some tools and unknown to others)");
      }
    }
    throw new ValueFormatException(label, RULE);
  }

  /** Not merely too small for a double. */
  private static boolean isZero(String number) {
    for (int i = 0;
        i < number.length() && number.charAt(i) != 'e' && number.charAt(i) != 'E';
        i++) {
      if (number.charAt(i) >= '1' && number.charAt(i) <= '9') {
        return false;
      }
    }
    return true;
  }
}
