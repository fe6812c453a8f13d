package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.util.Optional;

/** Records of CSV files; what cannot be used stops it with file and line. */
final class CsvReader implements RecordReader {
  private final CsvRecords.Reader rows;
  private final String topic;
  private int file = -1;
  private long row;

  CsvReader(CsvRecords records, String topic) {
    this.rows = records.read();
    this.topic = topic;
  }

  @Override
  public Optional<Decoded> next() throws IOException {
    return rows.next().map(this::decoded);
  }

  private Decoded decoded(CsvRecord record) {
    row = record.file() == file ? row + 1 : 0;
    file = record.file();
    return Decoded.observation(
        record.series(),
        record.eventTimeMillis(),
        record.values(),
        record.label(),
        topic,
        file,
        row,
        record.eventTimeMillis(),
        null,
        null);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
