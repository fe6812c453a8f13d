package io.nelbo.jobs.csv;

import io.nelbo.schemas.DeadLetterReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CSV files with a header, plain or gzip, one after the other as one recording. Every column that
 * {@link CsvColumns} does not name is a feature; all files must have the features of the first.
 * Rows come as they stand, in whatever order of time. What cannot be used is refused with file and
 * line, or skipped where the columns say so; nothing is dropped in silence.
 */
public final class CsvRecords {
  /** Takes one record after the other. */
  public interface Consumer {
    void accept(CsvRecord row) throws IOException;
  }

  private final List<Path> files;
  private final CsvColumns columns;
  private final List<String> features;
  private final String onlySeries;
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * Reads the headers.
   *
   * @throws CsvFormatException when a header does not fit
   */
  public CsvRecords(List<Path> files, CsvColumns columns) throws IOException {
    this(files, columns, Optional.empty(), "");
  }

  /**
   * Reads these features only; other columns are ignored.
   *
   * @throws CsvFormatException when a file lacks one of them
   */
  public CsvRecords(List<Path> files, CsvColumns columns, List<String> features)
      throws IOException {
    this(files, columns, Optional.of(features), "");
  }

  /**
   * The same, with a name for the one series of files that have no column for it.
   *
   * @throws CsvFormatException when a file lacks one of the features
   */
  public CsvRecords(List<Path> files, CsvColumns columns, List<String> features, String onlySeries)
      throws IOException {
    this(files, columns, Optional.of(features), onlySeries);
  }

  private CsvRecords(
      List<Path> files, CsvColumns columns, Optional<List<String>> wanted, String onlySeries)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files must name at least one file");
    }
    CsvHeaders headers = CsvHeaders.read(files, columns);
    this.files = List.copyOf(files);
    this.columns = columns;
    if (wanted.isEmpty()) {
      TextColumns text = TextColumns.in(files, headers.features(), !columns.time().isEmpty());
      text.note().ifPresent(notes::add);
      CsvHeaders numbers = headers.without(text);
      UnlikelyColumns unlikely = UnlikelyColumns.in(files, numbers.features(), columns);
      unlikely.note().ifPresent(notes::add);
      this.features = numbers.without(unlikely.names()).sameFeatures();
    } else {
      this.features = headers.requireFeatures(wanted.get());
    }
    this.onlySeries = onlySeries.isEmpty() ? headers.onlySeries() : onlySeries;
  }

  /** Names of the features, in the order of the first file. */
  public List<String> features() {
    return features;
  }

  /** What of the files has been passed over so far, in words. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Reads the good rows of all files from the beginning; may be called again.
   *
   * @throws CsvFormatException when a row cannot be used, unless such rows are skipped
   */
  public void forEach(Consumer good) throws IOException {
    forEach(good, bad -> {});
  }

  /** The same, with the rows that are skipped. */
  public void forEach(Consumer good, java.util.function.Consumer<BadRow> bad) throws IOException {
    try (Reader reader = read()) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        if (row.get() instanceof CsvRecord record) {
          good.accept(record);
        } else if (row.get() instanceof BadRow skipped) {
          bad.accept(skipped);
        }
      }
    }
  }

  /** Where a row stands, for messages. */
  public String place(CsvRow row) {
    return "%s line %d".formatted(files.get(row.file()), row.line());
  }

  /** Opens the first file. */
  public Reader read() {
    return new Reader();
  }

  /** Reads row by row. */
  public final class Reader implements Closeable {
    private final RowReader cells = new RowReader(columns, features, onlySeries);
    private int file = -1;
    private boolean hasRow;
    private long badLine;
    private CsvFile.@Nullable Reader rows;

    private Reader() {}

    /**
     * The next row; empty behind the last of the last file.
     *
     * @throws CsvFormatException when a row cannot be used, unless such rows are skipped
     */
    public Optional<CsvRow> next() throws IOException {
      while (rows != null || file + 1 < files.size()) {
        CsvFile.Reader open = rows == null ? new CsvFile(files.get(++file)).read() : rows;
        rows = open;
        Optional<CsvRow> row = row(open);
        if (row.isPresent()) {
          hasRow = true;
          return row;
        }
        if (!hasRow) {
          throw CsvFormatException.in(files.get(file), "there is a header but no row");
        }
        hasRow = false;
        badLine = 0;
        notes.addAll(open.notes());
        close();
      }
      return Optional.empty();
    }

    private Optional<CsvRow> row(CsvFile.Reader open) throws IOException {
      boolean skips = columns.values().skipsBadRows();
      CsvRow read;
      try {
        Optional<CsvFile.Row> row = open.next();
        if (row.isEmpty()) {
          return Optional.empty();
        }
        read = cells.read(file, row.get().line(), row.get().cells());
      } catch (CsvFormatException e) {
        // The same line again would be read for ever.
        if (!skips || !e.isOfOneRow() || e.line() == badLine) {
          throw e;
        }
        badLine = e.line();
        read = new BadRow(file, e.line(), DeadLetterReason.UNPARSEABLE, e.fault());
      }
      if (read instanceof BadRow bad && !skips) {
        throw CsvFormatException.at(files.get(file), bad.line(), bad.message().replace("%", "%%"));
      }
      return Optional.of(read);
    }

    /** What is to be said of the times that were read so far. */
    public Optional<String> note() {
      return cells.skippedHours() == 0
          ? Optional.empty()
          : Optional.of(
              "%,d rows stand in an hour that %s skips, the first in line %d: they are read as if"
                      .formatted(
                          cells.skippedHours(), columns.values().zone(), cells.firstSkippedLine())
                  + " the clock had not been put forward; is --time-zone right?");
    }

    @Override
    public void close() throws IOException {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }
  }
}
