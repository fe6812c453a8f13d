package io.nelbo.jobs.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a benchmark could not be done; everything else was.
 *
 * @param set of the benchmark
 * @param part of the set: the detector or a baseline, with the protocol or the repetition where
 *     there are several; {@code set} for all of it
 * @param reason in words
 */
public record Failure(String set, String part, String reason) {
  /** All of a set. */
  static final String WHOLE = "set";

  /** Why it failed: the innermost reason; whoever did not write for people is named. */
  static Failure of(String set, String part, Throwable thrown) {
    Throwable cause = thrown;
    while (!isOurs(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return new Failure(set, part, kind);
    }
    String line = message.strip().lines().findFirst().orElse(kind);
    return new Failure(set, part, isOurs(cause) ? line : kind + ": " + line);
  }

  /** Thrown by our own code: such messages are written for people. */
  private static boolean isOurs(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    String kind = thrown.getClass().getName();
    return kind.startsWith("io.nelbo.")
        || (kind.startsWith("java.")
            && stack.length > 0
            && stack[0].getClassName().startsWith("io.nelbo."));
  }

  /** As the results have it. */
  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("set", set);
    map.put("part", part);
    map.put("reason", reason);
    return map;
  }
}
