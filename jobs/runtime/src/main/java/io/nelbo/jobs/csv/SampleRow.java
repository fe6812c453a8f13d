package io.nelbo.jobs.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the beginning of a file, before it is known what parts its cells. A quoted cell may
 * hold line breaks.
 *
 * @param line on which it starts, counted from 1
 * @param lastLine on which it ends
 * @param end place behind its line break
 */
record SampleRow(String text, int line, int lastLine, int end) {
  private static final int MOST_LINES = 100;
  private static final String BEFORE_A_CELL = ",;\t| ";

  /** The rows of a text, blank ones left out; the last one may be cut off. */
  static List<SampleRow> of(String text, int most) {
    List<SampleRow> rows = new ArrayList<>();
    int start = 0;
    int line = 1;
    while (start < text.length() && rows.size() < most) {
      int lines = 1;
      int end = endOfLine(text, start);
      while (isInQuotes(text, start, end) && end < text.length() && lines < MOST_LINES) {
        end = endOfLine(text, end);
        lines++;
      }
      if (isInQuotes(text, start, end) && lines > 1) { // never closed: no quote of a cell
        end = endOfLine(text, start);
        lines = 1;
      }
      String row = text.substring(start, end).stripTrailing();
      if (!row.isBlank()) {
        rows.add(new SampleRow(row, line, line + lines - 1, end));
      }
      line += lines;
      start = end;
    }
    return rows;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    boolean isPair = at + 1 < text.length() && text.startsWith("\r\n", at);
    return Math.min(text.length(), at + (isPair ? 2 : 1));
  }

  private static boolean isInQuotes(String text, int from, int until) {
    boolean quoted = false;
    for (int at = from; at < until; at++) {
      if (text.charAt(at) == '"') {
        boolean opens = at == from || BEFORE_A_CELL.indexOf(text.charAt(at - 1)) >= 0;
        quoted = quoted ? false : opens || (at > from && text.charAt(at - 1) == '"');
      }
    }
    return quoted;
  }

  boolean isComment() {
    return text.startsWith("#");
  }

  /** The row without the mark of a comment. */
  SampleRow uncommented() {
    return new SampleRow(text.replaceFirst("^#+\\s*", ""), line, lastLine, end);
  }

  /** Its cells, parted outside of quotes, without quotes and blanks around them. */
  List<String> cells(char delimiter) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && (quoted || cell.toString().isBlank())) {
        boolean isEscaped = quoted && at + 1 < text.length() && text.charAt(at + 1) == '"';
        if (isEscaped) {
          cell.append(c);
          at++;
        } else {
          quoted = !quoted;
        }
      } else if (c == delimiter && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
