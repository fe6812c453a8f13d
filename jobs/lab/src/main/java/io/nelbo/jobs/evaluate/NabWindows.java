package io.nelbo.jobs.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.replay.metrics.RowRange;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The benchmark's {@code labels/combined_windows.json}: series to [start, end], inclusive. */
final class NabWindows {
  private static final TimeText TIMES = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC);

  private final Path file;
  private final JsonNode bySeries;

  NabWindows(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      throw new BenchmarkDataException(file + ": no such file");
    }
    try {
      this.bySeries = new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new BenchmarkDataException(file + " is no JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * @param set folder and series, without the ending
   */
  List<RowRange> of(String set, long[] timesMillis) throws BenchmarkDataException {
    JsonNode windows = bySeries.get(set + ".csv");
    if (windows == null) {
      throw new BenchmarkDataException(file + " does not list " + set + ".csv");
    }
    List<RowRange> ranges = new ArrayList<>();
    for (JsonNode window : windows) {
      ranges.add(rows(set, window, timesMillis));
    }
    return List.copyOf(ranges);
  }

  private RowRange rows(String set, JsonNode window, long[] timesMillis)
      throws BenchmarkDataException {
    long start = time(window.path(0).asText());
    long end = time(window.path(1).asText());
    int first = 0;
    while (first < timesMillis.length && timesMillis[first] < start) {
      first++;
    }
    int last = timesMillis.length - 1;
    while (last >= 0 && timesMillis[last] > end) {
      last--;
    }
    if (first > last) {
      throw new BenchmarkDataException(
          String.format("%s: no row of %s lies in the window %s", file, set, window));
    }
    return new RowRange(first, last);
  }

  private long time(String text) throws BenchmarkDataException {
    try {
      long time = TIMES.millis(text);
      if (time != TimeText.NONE) {
        return time;
      }
    } catch (ValueFormatException e) {
      throw new BenchmarkDataException(String.format("%s: a window %s", file, e.getMessage()));
    }
    throw new BenchmarkDataException(String.format("%s: a window lacks a time", file));
  }
}
