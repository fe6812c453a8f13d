package io.nelbo.jobs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, so that all of it is reported at once. */
final class Problems {
  private record Problem(int line, String message) {
    String shown() {
      return line == 0 ? message : "line " + line + ": " + message;
    }
  }

  private final List<Problem> found = new ArrayList<>();
  private boolean unreadable;

  /** Line 0 means that it is about no line in particular. */
  void add(int line, String message, Object... values) {
    found.add(new Problem(line, values.length == 0 ? message : String.format(message, values)));
  }

  /** A problem that leaves nothing else worth saying. */
  void addUnreadable(int line, String message) {
    add(line, message);
    unreadable = true;
  }

  boolean isUnreadable() {
    return unreadable;
  }

  /** In the order of the file; what is about no line comes last. */
  void throwIfAny(String where) {
    if (found.isEmpty()) {
      return;
    }
    Comparator<Problem> byLine =
        Comparator.comparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line());
    throw new InvalidConfigException(
        where, found.stream().sorted(byLine).map(Problem::shown).toList());
  }
}
