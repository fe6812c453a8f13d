package io.nelbo.jobs.values;

/**
 * A text that is not what it should be. Its message goes on where a name ends: {@code holds "1,5",
 * which is no number: ...}. Thrown by the thousand when a source is broken, so it has no stack.
 */
public final class ValueFormatException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int LONGEST = 40;

  private final boolean advised;

  /**
   * @param value is cut, and shown without what would break a line
   * @param fault continues "which"
   */
  ValueFormatException(String value, String fault) {
    this(value, fault, true);
  }

  /**
   * @param advised whether the fault says what to do about it
   */
  ValueFormatException(String value, String fault, boolean advised) {
    super("holds \"%s\", which %s".formatted(shown(value), fault), null, false, false);
    this.advised = advised;
  }

  /** Whether the message says what to do about it. */
  public boolean isAdvised() {
    return advised;
  }

  private static String shown(String value) {
    String cut = value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    return cut.replaceAll("\\p{C}", "?");
  }
}
