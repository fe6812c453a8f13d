package io.nelbo.jobs.values;

import java.util.Locale;
import java.util.Set;

/** How tools write that there is no value, in any case of letters. VALUES.md lists the same. */
public final class MissingText {
  private static final Set<String> MARKS =
      Set.of(
          "", "-", "--", "?", "na", "n/a", "#na", "#n/a", "<na>", "nan", "-nan", "null", "none",
          "nil", "\\n");

  private static final int LONGEST = 4;

  private MissingText() {}

  static Set<String> marks() {
    return MARKS;
  }

  /** Blanks around it do not count. */
  public static boolean isMissing(String text) {
    String mark = text.strip();
    return mark.length() <= LONGEST && MARKS.contains(mark.toLowerCase(Locale.ROOT));
  }
}
