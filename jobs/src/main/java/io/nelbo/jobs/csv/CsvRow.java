package io.nelbo.jobs.csv;

/** What a row of a CSV file turned out to be. */
public sealed interface CsvRow permits CsvRecord, BadRow {
  /** Position of its file among those that are read, from 0. */
  int file();

  /** On which the row ends, counted from 1. */
  long line();
}
