package io.nelbo.model;

/** Argument checks whose message names the value and the rule. */
public final class Preconditions {
  private Preconditions() {}

  /**
   * @throws IllegalArgumentException with the formatted message when the condition is false
   */
  public static void requireArgument(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, values));
    }
  }
}
