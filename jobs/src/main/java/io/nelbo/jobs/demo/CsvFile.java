package io.nelbo.jobs.demo;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One CSV file with a header, plain or gzip; fields parted by comma, semicolon or tab, whichever
 * the header uses.
 */
final class CsvFile {
  /** Receives the rows in order. */
  interface Rows {
    /**
     * @param line on which the row ends, counted from 1
     */
    void accept(long line, CSVRecord row);
  }

  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int HEADER_LIMIT = 1 << 20;

  private final Path path;

  CsvFile(Path path) {
    this.path = path;
  }

  /**
   * Hands the header's names to {@code header} and then every row to {@code rows}.
   *
   * @throws CsvProblemException if the file is missing, empty, without rows, or ragged
   */
  void read(Consumer<List<String>> header, Rows rows) {
    try (BufferedReader reader = open();
        CSVParser parser = format(reader).parse(reader)) {
      List<String> names = parser.getHeaderNames();
      if (names.isEmpty()) {
        throw CsvProblemException.in(path, "the file is empty; a header line is needed");
      }
      header.accept(names);
      for (CSVRecord row : parser) {
        if (!row.isConsistent()) {
          throw CsvProblemException.at(
              path,
              parser.getCurrentLineNumber(),
              "has %d cells, but the header has %d",
              row.size(),
              names.size());
        }
        rows.accept(parser.getCurrentLineNumber(), row);
      }
      if (parser.getRecordNumber() == 0) {
        throw CsvProblemException.in(path, "there is a header but no row");
      }
    } catch (NoSuchFileException e) {
      throw CsvProblemException.in(path, "no such file");
    } catch (CSVException | IllegalArgumentException e) {
      throw CsvProblemException.in(path, "%s", String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw CsvProblemException.in(path, "cannot be read: %s", String.valueOf(e.getMessage()));
    }
  }

  private BufferedReader open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
    bytes.mark(2);
    int magic = bytes.read() << 8 | bytes.read();
    bytes.reset();
    InputStream text = magic == GZIP_MAGIC ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static CSVFormat format(BufferedReader reader) throws IOException {
    reader.mark(HEADER_LIMIT);
    String header = reader.readLine();
    reader.reset();
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(header == null ? ',' : delimiter(header))
        .setHeader()
        .setSkipHeaderRecord(true)
        .setTrim(true)
        .setIgnoreEmptyLines(true)
        .get();
  }

  private static char delimiter(String header) {
    if (header.indexOf(',') < 0 && header.indexOf(';') >= 0) {
      return ';';
    }
    return header.indexOf(',') < 0 && header.indexOf('\t') >= 0 ? '\t' : ',';
  }
}
