package io.nelbo.jobs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The broken rules of one configuration, and the words for those that many keys share. */
final class Violations {
  /** A broken rule and the keys that it is about. */
  record Violation(List<String> keys, String message) {}

  private final List<Violation> all = new ArrayList<>();

  /** In the order of their report. */
  List<Violation> all() {
    return List.copyOf(all);
  }

  /** Names are there, and each but once. */
  void different(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        violate(List.of(key), "%s must not hold an empty name", key);
      } else if (!seen.add(name)) {
        violate(List.of(key), "%s names '%s' twice", key, name);
      }
    }
  }

  void within(long value, long least, long most, String key) {
    require(value >= least && value <= most, key, "must lie in " + least + ".." + most, value);
  }

  void atLeast(long value, long least, String key) {
    require(value >= least, key, "must be at least " + least, value);
  }

  void positive(Duration value, String key) {
    require(!value.isZero(), key, "must be positive", ValueText.format(value));
  }

  /** {@code consequence} says what would come of less. */
  void notBelow(Duration value, String key, Duration least, String leastKey, String consequence) {
    if (value.compareTo(least) < 0) {
      violate(
          List.of(key, leastKey),
          "%s (%s) must be at least %s (%s): %s",
          key,
          ValueText.format(value),
          leastKey,
          ValueText.format(least),
          consequence);
    }
  }

  /** Reports a value that breaks the rule of its key. */
  void require(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      violate(List.of(key), "%s %s, got '%s'", key, rule, value);
    }
  }

  /** Reports what no word above says; {@code keys} begins with the one to blame. */
  void violate(List<String> keys, String message, Object... values) {
    all.add(new Violation(keys, String.format(message, values)));
  }
}
