package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.util.Optional;

/**
 * Records of CSV files. What is no record at all stops it with file and line; what the topic would
 * refuse is a dead letter here too.
 */
final class CsvReader implements RecordReader {
  private final CsvRecords.Reader rows;
  private final String topic;
  private final RecordDecoder decoder;
  private final DecodedRecord record = new DecodedRecord();
  private int file = -1;
  private long row;

  CsvReader(CsvRecords records, NelboConfig config) {
    this.rows = records.read();
    this.topic = config.source().topic();
    this.decoder = RecordDecoder.of(config);
  }

  @Override
  public Optional<Decoded> next() throws IOException {
    return rows.next().map(this::decoded);
  }

  private Decoded decoded(CsvRecord read) {
    row = read.file() == file ? row + 1 : 0;
    file = read.file();
    long time = read.eventTimeMillis();
    return decoder.judge(read.series(), time, read.values(), read.label(), record)
        ? Decoded.observation(
            read.series(),
            time,
            record.features(),
            read.label(),
            topic,
            file,
            row,
            time,
            null,
            null)
        : Decoded.rejected(
            record.reason().name(), record.message(), topic, file, row, -1, null, null);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
