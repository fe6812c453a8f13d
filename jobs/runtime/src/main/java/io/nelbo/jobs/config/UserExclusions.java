package io.nelbo.jobs.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Periods that a person knows not to be normal: lines of {@code series,from,until}, times in
 * ISO-8601, from inclusive, until exclusive, {@code *} for all series; {@code #} begins a comment.
 */
public final class UserExclusions {
  private static final String ALL = "*";
  private static final String NO_PERIOD =
      " must be series,from,until with times like 2026-01-01T00:00:00Z";

  private record Period(String series, long fromMillis, long untilMillis) {}

  private final List<Period> periods;

  private UserExclusions(List<Period> periods) {
    this.periods = periods;
  }

  /**
   * Reads the file anew: it may be edited while the job runs.
   *
   * @param file empty for none
   * @throws IOException when it cannot be read, or lines are no periods; names all of them
   */
  public static UserExclusions read(String file) throws IOException {
    List<String> faults = new ArrayList<>();
    UserExclusions read = read(file, faults::add);
    if (!faults.isEmpty()) {
      throw new IOException(String.join("; and ", faults));
    }
    return read;
  }

  /** What is wrong with the file, each in one sentence; nothing when it can be used. */
  static List<String> faults(String file) {
    List<String> faults = new ArrayList<>();
    try {
      read(file, faults::add);
    } catch (IOException | InvalidPathException unreadable) {
      faults.add(String.valueOf(unreadable.getMessage()));
    }
    return faults;
  }

  private static UserExclusions read(String file, Consumer<String> faults) throws IOException {
    List<Period> periods = new ArrayList<>();
    if (!file.isEmpty()) {
      List<String> lines = lines(file);
      for (int number = 1; number <= lines.size(); number++) {
        String line = lines.get(number - 1).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          String where = "retrain.exclusions %s, line %s: '%s'".formatted(file, number, line);
          period(line, fault -> faults.accept(where + fault)).ifPresent(periods::add);
        }
      }
    }
    return new UserExclusions(periods);
  }

  private static List<String> lines(String file) throws IOException {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "retrain.exclusions names %s, and there is no such file: make it, empty if need be, or take the setting out"
              .formatted(file),
          missing);
    } catch (IOException | InvalidPathException unreadable) {
      throw new IOException(
          "retrain.exclusions names %s, which cannot be read as UTF-8 text: %s"
              .formatted(file, unreadable),
          unreadable);
    }
  }

  /** Times hold no comma, so what is before the last two belongs to the series. */
  private static Optional<Period> period(String line, Consumer<String> fault) {
    int last = line.lastIndexOf(',');
    int before = last < 0 ? -1 : line.lastIndexOf(',', last - 1);
    if (before < 0) {
      fault.accept(NO_PERIOD);
      return Optional.empty();
    }
    try {
      long from = Instant.parse(line.substring(before + 1, last).strip()).toEpochMilli();
      long until = Instant.parse(line.substring(last + 1).strip()).toEpochMilli();
      if (from >= until) {
        fault.accept(" ends before it begins or is empty, so nothing would be excluded");
        return Optional.empty();
      }
      return Optional.of(new Period(line.substring(0, before).strip(), from, until));
    } catch (DateTimeParseException | ArithmeticException e) {
      fault.accept(NO_PERIOD);
      return Optional.empty();
    }
  }

  /** Whether somebody said so of a record. */
  public boolean contains(String series, long timeMillis) {
    return periods.stream()
        .anyMatch(
            period ->
                (period.series().equals(ALL) || period.series().equals(series))
                    && timeMillis >= period.fromMillis()
                    && timeMillis < period.untilMillis());
  }
}
