package io.nelbo.jobs.demo;

import java.nio.file.Path;

/** Something in the user's file that cannot be used; the message names file and line. */
final class CsvProblemException extends RuntimeException {
  CsvProblemException(String message) {
    super(message);
  }

  static CsvProblemException at(Path file, long line, String message, Object... values) {
    return new CsvProblemException(
        "%s line %d: %s".formatted(file, line, message.formatted(values)));
  }

  static CsvProblemException in(Path file, String message, Object... values) {
    return new CsvProblemException("%s: %s".formatted(file, message.formatted(values)));
  }
}
