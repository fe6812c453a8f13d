package io.nelbo.jobs.csv;

import io.nelbo.jobs.files.PlainOrGzip;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * One CSV file with a header, plain or gzip, with or without a byte order mark; cells parted by
 * comma, semicolon or tab, whichever the header uses.
 */
public final class CsvFile {
  /**
   * One row.
   *
   * @param line on which it ends, counted from 1
   */
  public record Row(long line, CSVRecord cells) {}

  private static final int BUFFER = 1 << 16;
  private static final int HEADER_LIMIT = 1 << 20;

  private final Path path;

  public CsvFile(Path path) {
    this.path = path;
  }

  /**
   * Names of the columns.
   *
   * @throws CsvFormatException if the file is missing or has no header
   */
  public List<String> header() throws IOException {
    try (CSVParser parser = open()) {
      return List.copyOf(parser.getHeaderNames());
    }
  }

  /**
   * Opens it below the header.
   *
   * @throws CsvFormatException if the file is missing or has no header
   */
  public Reader read() throws IOException {
    return new Reader(path, open());
  }

  /** Reads row by row. */
  public static final class Reader implements Closeable {
    private final Path path;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;

    private Reader(Path path, CSVParser parser) {
      this.path = path;
      this.parser = parser;
      this.rows = parser.iterator();
    }

    /**
     * The next row; empty behind the last.
     *
     * @throws CsvFormatException if the row is ragged
     */
    public Optional<Row> next() throws IOException {
      if (!hasNext()) {
        return Optional.empty();
      }
      CSVRecord row = rows.next();
      long line = parser.getCurrentLineNumber();
      if (!row.isConsistent()) {
        throw CsvFormatException.at(
            path,
            line,
            "has %d cells, but the header has %d",
            row.size(),
            parser.getHeaderNames().size());
      }
      return Optional.of(new Row(line, row));
    }

    private boolean hasNext() throws CsvFormatException {
      try {
        return rows.hasNext(); // this reads it
      } catch (UncheckedIOException e) {
        throw unreadable(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  private CSVParser open() throws IOException {
    BufferedReader reader = text();
    try {
      CSVParser parser = format(reader).parse(reader);
      if (!parser.getHeaderNames().isEmpty()) {
        return parser;
      }
    } catch (CSVException | IllegalArgumentException e) {
      reader.close();
      throw CsvFormatException.in(path, "%s", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      reader.close();
      throw unreadable(path, e);
    }
    reader.close();
    throw CsvFormatException.in(path, "the file is empty; a header line is needed");
  }

  /** The file's characters, behind the byte order mark if there is one. */
  private BufferedReader text() throws IOException {
    try {
      BufferedReader reader =
          new BufferedReader(
              // A decoder reports what is not UTF-8, the charset would replace it in silence.
              new InputStreamReader(PlainOrGzip.open(path), StandardCharsets.UTF_8.newDecoder()),
              BUFFER);
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      return reader;
    } catch (NoSuchFileException e) {
      throw CsvFormatException.in(path, "no such file");
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static CsvFormatException unreadable(Path path, Exception why) {
    boolean encoding =
        why instanceof CharacterCodingException
            || why.getCause() instanceof CharacterCodingException;
    return encoding
        ? CsvFormatException.in(path, "is not UTF-8: save it in that encoding")
        : CsvFormatException.in(path, "cannot be read: %s", String.valueOf(why.getMessage()));
  }

  private static CSVFormat format(BufferedReader reader) throws IOException {
    reader.mark(HEADER_LIMIT);
    String header = reader.readLine();
    reader.reset();
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter(header == null ? "" : header))
        .setHeader()
        .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
        .setSkipHeaderRecord(true)
        .setIgnoreSurroundingSpaces(true) // not those within quotes
        .setIgnoreEmptyLines(true)
        .get();
  }

  private static char delimiter(String header) {
    if (header.indexOf(',') >= 0) {
      return ',';
    }
    return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
  }
}
