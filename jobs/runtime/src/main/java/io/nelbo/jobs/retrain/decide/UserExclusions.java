package io.nelbo.jobs.retrain.decide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Periods that a person knows not to be normal: lines of {@code series,from,until}, times in
 * ISO-8601, from inclusive, until exclusive, {@code *} for all series; {@code #} begins a comment.
 */
final class UserExclusions {
  private static final String ALL = "*";

  private record Period(String series, long fromMillis, long untilMillis) {}

  private final List<Period> periods;

  private UserExclusions(List<Period> periods) {
    this.periods = periods;
  }

  /**
   * Reads the file anew: it may be edited while the job runs.
   *
   * @param file empty for none
   * @throws IOException when it cannot be read, or a line is no period
   */
  static UserExclusions read(String file) throws IOException {
    List<Period> periods = new ArrayList<>();
    if (!file.isEmpty()) {
      List<String> lines = lines(file);
      for (int number = 1; number <= lines.size(); number++) {
        String line = lines.get(number - 1).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          periods.add(period(file, number, line));
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
    } catch (IOException unreadable) {
      throw new IOException(
          "retrain.exclusions names %s, which cannot be read as UTF-8 text: %s"
              .formatted(file, unreadable),
          unreadable);
    }
  }

  /** Times hold no comma, so what is before the last two belongs to the series. */
  private static Period period(String file, int number, String line) throws IOException {
    int last = line.lastIndexOf(',');
    int before = last < 0 ? -1 : line.lastIndexOf(',', last - 1);
    if (before < 0) {
      throw malformed(file, number, line);
    }
    try {
      long from = Instant.parse(line.substring(before + 1, last).strip()).toEpochMilli();
      long until = Instant.parse(line.substring(last + 1).strip()).toEpochMilli();
      if (from >= until) {
        throw new IOException(
            "retrain.exclusions %s, line %s: '%s' ends before it begins or is empty, so nothing would be excluded"
                .formatted(file, number, line));
      }
      return new Period(line.substring(0, before).strip(), from, until);
    } catch (DateTimeParseException e) {
      throw malformed(file, number, line);
    }
  }

  private static IOException malformed(String file, int number, String line) {
    return new IOException(
        "retrain.exclusions %s, line %s: '%s' must be series,from,until with times like"
                .formatted(file, number, line)
            + " 2026-01-01T00:00:00Z");
  }

  boolean contains(String series, long timeMillis) {
    return periods.stream()
        .anyMatch(
            period ->
                (period.series().equals(ALL) || period.series().equals(series))
                    && timeMillis >= period.fromMillis()
                    && timeMillis < period.untilMillis());
  }
}
