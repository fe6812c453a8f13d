package io.nelbo.jobs.cli;

/** One line that says why something failed. */
final class FailureText {
  private FailureText() {}

  /** The innermost cause: Flink and Kafka wrap the reason several times. */
  static String of(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && !isOurs(innermost)) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String name = innermost.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name;
    }
    String line = message.strip().lines().findFirst().orElse(name);
    return isOurs(innermost) ? line : name + ": " + line;
  }

  /** Thrown by our own code: such messages are written for people and need no cause. */
  private static boolean isOurs(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("io.nelbo.");
  }
}
