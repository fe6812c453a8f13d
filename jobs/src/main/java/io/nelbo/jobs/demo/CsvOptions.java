package io.nelbo.jobs.demo;

import static io.nelbo.model.Preconditions.requireArgument;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The user's own files and what their columns mean; every other column is a feature.
 *
 * @param files in order of time
 * @param time column of the event time; empty gives each series one record per second
 * @param series column of the series; empty makes all rows one series named after the first file
 * @param label column of the label; it may be missing in some of the files
 * @param trainRows rows that train, in order of time; empty takes all of the first of several
 *     files, or 15 % of a single one, at least 200 rows and at most 40 %
 */
record CsvOptions(
    List<Path> files,
    Optional<String> time,
    Optional<String> series,
    Optional<String> label,
    OptionalInt trainRows) {
  CsvOptions {
    files = List.copyOf(files);
    requireArgument(!files.isEmpty(), "--csv needs at least one file, got none");
  }

  boolean isFeature(String column) {
    return !time.equals(Optional.of(column))
        && !series.equals(Optional.of(column))
        && !label.equals(Optional.of(column));
  }

  /** Name of the one series when no column gives it. */
  String onlySeries() {
    String name = String.valueOf(files.get(0).getFileName());
    return name.replaceFirst("(\\.csv)?(\\.gz)?$", "");
  }
}
