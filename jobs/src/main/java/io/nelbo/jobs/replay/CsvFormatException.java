package io.nelbo.jobs.replay;

import java.io.IOException;

/** A CSV file that cannot be read as records; the message names file, line, column and value. */
public final class CsvFormatException extends IOException {
  CsvFormatException(String message) {
    super(message);
  }
}
