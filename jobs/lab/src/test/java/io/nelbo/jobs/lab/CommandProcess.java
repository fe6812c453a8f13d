package io.nelbo.jobs.lab;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * The main class of a process of its own that runs one command and then looks for threads that the
 * command has left. Exit code: the command's, or {@link #LEFTOVERS} with their names on standard
 * error.
 */
public final class CommandProcess {
  /** Exit code that no command has. */
  public static final int LEFTOVERS = 99;

  private static final Pattern OURS =
      Pattern.compile("(nelbo|demo|kafka|flink|data-plane|Source|Sink|pool).*");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private CommandProcess() {}

  /** Runs the command line that it is given. */
  public static void main(String[] arguments) {
    int code = Lab.commandLine().execute(arguments);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!left().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    left().forEach(System.err::println);
    System.exit(left().isEmpty() ? code : LEFTOVERS);
  }

  private static List<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> OURS.matcher(name).matches())
        .sorted()
        .toList();
  }
}
