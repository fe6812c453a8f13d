package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.regex.Pattern;

/**
 * A model's version as it is written in folders and events: {@code v000042}.
 *
 * @param number positive; more than six digits are written in full
 */
public record ModelVersion(long number) implements Comparable<ModelVersion> {
  private static final Pattern WRITTEN = Pattern.compile("v(\\d{6}|[1-9]\\d{6,17})");

  public ModelVersion {
    requireArgument(number > 0, "version must be positive, got %s", number);
  }

  /**
   * Reads {@code v000042}.
   *
   * @throws IllegalArgumentException when it is written in any other way
   */
  public static ModelVersion parse(String text) {
    requireArgument(isValid(text), "version must look like v000042, got %s", text);
    return new ModelVersion(Long.parseLong(text.substring(1)));
  }

  public static boolean isValid(String text) {
    return WRITTEN.matcher(text).matches() && !text.equals("v000000");
  }

  @Override
  public int compareTo(ModelVersion other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return String.format("v%06d", number);
  }
}
