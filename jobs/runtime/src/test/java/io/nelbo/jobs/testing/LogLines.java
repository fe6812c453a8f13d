package io.nelbo.jobs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The warnings of our own packages since some moment; log4j2-test.properties puts them in a file.
 */
public final class LogLines {
  private static final Path FILE = Path.of("target", "test-warnings.log");

  private final int before;

  private LogLines(int before) {
    this.before = before;
  }

  /** Listens from now on. */
  public static LogLines fromNowOn() throws IOException {
    return new LogLines(all().size());
  }

  /** What has been said since. */
  public List<String> lines() throws IOException {
    List<String> all = all();
    return all.subList(before, all.size());
  }

  private static List<String> all() throws IOException {
    return Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
  }
}
