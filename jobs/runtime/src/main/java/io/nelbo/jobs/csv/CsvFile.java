package io.nelbo.jobs.csv;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One CSV file with a header, plain, gzip or the only file of a zip, with or without a byte order
 * mark. What parts its cells and where its header is, is looked for. What nobody asked for is
 * passed over and told: what stands above the header, comments, the header again in the midst of
 * the file, empty cells and rows at the end, columns without a name.
 */
public final class CsvFile {
  /**
   * One row.
   *
   * @param line on which it ends, counted from 1
   */
  public record Row(long line, CSVRecord cells) {}

  private static final int BUFFER = 1 << 16;
  private static final int BEGINNING = 1 << 20;

  private final Path path;

  public CsvFile(Path path) {
    this.path = path;
  }

  /**
   * Names of the columns that have one.
   *
   * @throws CsvFormatException if the file is missing or has no header
   */
  public List<String> header() throws IOException {
    try (BufferedReader text = text()) {
      return layout(text).columns();
    }
  }

  /**
   * Opens it below the header.
   *
   * @throws CsvFormatException if the file is missing or has no header
   */
  public Reader read() throws IOException {
    BufferedReader text = text();
    try {
      CsvLayout layout = layout(text);
      text.skip(layout.bodyStart());
      return new Reader(path, layout, format(layout).parse(text));
    } catch (IOException e) {
      text.close();
      throw e instanceof CsvFormatException ? e : unreadable(path, e);
    }
  }

  /** Reads row by row. */
  public static final class Reader implements Closeable {
    private final Path path;
    private final CsvLayout layout;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;
    private final Deque<Row> waiting = new ArrayDeque<>();
    private long comments;
    private long headers;
    private long empty;
    private long surplus;

    private Reader(Path path, CsvLayout layout, CSVParser parser) {
      this.path = path;
      this.layout = layout;
      this.parser = parser;
      this.rows = parser.iterator();
    }

    /**
     * The next row; empty behind the last.
     *
     * @throws CsvFormatException if the row is ragged
     */
    public Optional<Row> next() throws IOException {
      if (waiting.isEmpty() || isEmpty(waiting.getLast())) {
        lookAhead();
      }
      return Optional.ofNullable(waiting.poll());
    }

    /** Rows without any value are rows only if another one follows. */
    private void lookAhead() throws IOException {
      while (hasNext()) {
        CSVRecord cells = rows.next();
        if (isComment(cells)) {
          comments++;
        } else if (isHeader(cells)) {
          headers++;
        } else {
          Row row = new Row(line(), cells);
          requireWidth(row);
          waiting.add(row);
          if (!isEmpty(row)) {
            return;
          }
        }
      }
      empty += waiting.size();
      waiting.clear();
    }

    /** What was passed over so far, and how often. */
    public List<String> notes() {
      List<String> notes = new ArrayList<>(layout.notes());
      note(notes, headers, "the header again, in the midst of the file, is skipped");
      note(notes, comments, "comments below the header are skipped");
      note(notes, empty, "rows without any value at the end are skipped");
      note(notes, surplus, "rows end in empty cells behind the last column");
      return notes.stream().map(note -> path + ": " + note).toList();
    }

    private static void note(List<String> notes, long count, String what) {
      if (count > 0) {
        notes.add("%s (%,d times)".formatted(what, count));
      }
    }

    private boolean isComment(CSVRecord cells) {
      boolean isOtherWidth = cells.size() != layout.header().size() || cells.size() == 1;
      return isOtherWidth && cells.get(0).startsWith("#");
    }

    private boolean isHeader(CSVRecord cells) {
      return cells.size() >= layout.header().size()
          && IntStream.range(0, cells.size())
              .allMatch(
                  i ->
                      cells
                          .get(i)
                          .equals(i < layout.header().size() ? layout.header().get(i) : ""));
    }

    private static boolean isEmpty(Row row) {
      return row.cells().stream().allMatch(String::isEmpty);
    }

    private void requireWidth(Row row) throws CsvFormatException {
      CSVRecord cells = row.cells();
      int width = layout.header().size();
      boolean isLonger =
          IntStream.range(width, cells.size()).anyMatch(i -> !cells.get(i).isEmpty());
      boolean isShorter = IntStream.range(cells.size(), width).anyMatch(i -> !layout.isHidden(i));
      if (isLonger || isShorter) {
        throw CsvFormatException.at(
            path, row.line(), "has %d cells, but the header has %d", cells.size(), width);
      }
      surplus += cells.size() > width ? 1 : 0;
    }

    private long line() {
      return layout.bodyLines() + parser.getCurrentLineNumber();
    }

    private boolean hasNext() throws CsvFormatException {
      try {
        return rows.hasNext(); // this reads it
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException) {
          throw CsvFormatException.at(
              path,
              line(),
              "a quoted cell is never closed, or text follows its closing quote; a quote within"
                  + " quotes is written twice");
        }
        throw unreadable(path, e);
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }

  private CsvLayout layout(BufferedReader text) throws IOException {
    try {
      text.mark(BEGINNING + 1);
      char[] beginning = new char[BEGINNING];
      int size = 0;
      int read = text.read(beginning, 0, BEGINNING);
      while (read > 0) {
        size += read;
        read = text.read(beginning, size, BEGINNING - size);
      }
      text.reset();
      return HeaderSearch.in(path, new String(beginning, 0, size));
    } catch (CsvFormatException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The file's characters, behind the byte order mark if there is one. */
  private BufferedReader text() throws IOException {
    try {
      BufferedReader reader =
          new BufferedReader(
              // A decoder reports what is not UTF-8, the charset would replace it in silence.
              new InputStreamReader(TextBytes.open(path), StandardCharsets.UTF_8.newDecoder()),
              BUFFER);
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
      return reader;
    } catch (NoSuchFileException e) {
      throw CsvFormatException.in(path, "no such file");
    } catch (CsvFormatException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static CsvFormatException unreadable(Path path, Exception why) {
    Throwable cause = why instanceof UncheckedIOException ? why.getCause() : why;
    if (cause instanceof CharacterCodingException) {
      return CsvFormatException.in(
          path,
          "is not UTF-8, more likely Latin-1 or Windows-1252: save it as UTF-8, or convert it with"
              + " 'iconv -f WINDOWS-1252 -t UTF-8'");
    }
    return cause instanceof EOFException
        ? CsvFormatException.in(path, "ends in the midst of what is packed: copy it again")
        : CsvFormatException.in(path, "cannot be read: %s", String.valueOf(why.getMessage()));
  }

  private static CSVFormat format(CsvLayout layout) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(layout.delimiter())
        .setHeader(layout.names().toArray(String[]::new))
        .setIgnoreSurroundingSpaces(true) // not those within quotes
        .setIgnoreEmptyLines(true)
        .get();
  }
}
