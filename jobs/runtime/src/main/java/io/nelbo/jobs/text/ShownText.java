package io.nelbo.jobs.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names and cells of other people's data as they are shown: in one line, without anything that a
 * terminal would obey, and cut where they are long.
 */
public final class ShownText {
  /** What is longer is cut. */
  static final int LONGEST = 100;

  private static final int SHOWN = 60;
  private static final int MOST_NAMES = 30;

  private ShownText() {}

  /** The text, or its beginning and its length. */
  public static String of(String text) {
    return text.length() > LONGEST
        ? String.format(Locale.ROOT, "%s (%,d characters)", of(text, SHOWN), text.length())
        : whole(text);
  }

  /** The text, or so many characters of it. */
  public static String of(String text, int longest) {
    return text.length() > longest ? whole(text.substring(0, longest)) + "…" : whole(text);
  }

  /** All of it, for sentences of our own that hold names. */
  public static String whole(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
  }

  /** The names in brackets, or the first of them and their number. */
  public static String of(List<?> names) {
    return "[" + names(names) + "]";
  }

  /** The same without brackets. */
  public static String names(List<?> names) {
    String first =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> of(String.valueOf(name)))
            .collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES
        ? String.format(Locale.ROOT, "%s, … (%,d names)", first, names.size())
        : first;
  }
}
