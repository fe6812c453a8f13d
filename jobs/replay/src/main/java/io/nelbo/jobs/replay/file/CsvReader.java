package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.BadRow;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.csv.CsvRow;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import io.nelbo.schemas.DeadLetterReason;
import java.io.IOException;
import java.util.Optional;

/**
 * Records of CSV files. What is no record at all stops it with file and line, or is a dead letter
 * where bad rows are skipped; what the topic would refuse is a dead letter here too.
 */
final class CsvReader implements RecordReader {
  private final CsvRecords records;
  private final CsvRecords.Reader rows;
  private final String topic;
  private final RecordDecoder decoder;
  private final DecodedRecord record = new DecodedRecord();
  private int file = -1;
  private long row;
  private String place = "";

  CsvReader(CsvRecords records, NelboConfig config) {
    this.records = records;
    this.rows = records.read();
    this.topic = config.source().topic();
    this.decoder = RecordDecoder.of(config);
  }

  @Override
  public Optional<Decoded> next() throws IOException {
    return rows.next().map(this::decoded);
  }

  private Decoded decoded(CsvRow read) {
    row = read.file() == file ? row + 1 : 0;
    file = read.file();
    place = records.place(read);
    return read instanceof CsvRecord good ? judged(good) : refused((BadRow) read);
  }

  private Decoded judged(CsvRecord read) {
    long time = read.eventTimeMillis();
    return decoder.judge(read.series(), time, read.values(), read.label(), record)
        ? Decoded.of(
            new Observation(
                read.series(),
                time,
                record.features(),
                read.label(),
                new Place(file, row),
                time,
                null))
        : rejected(record.reason(), record.message());
  }

  private Decoded refused(BadRow bad) {
    return rejected(bad.reason(), bad.message());
  }

  private Decoded rejected(DeadLetterReason reason, String message) {
    return Decoded.malformed(
        reason.name(), message, topic, new Place(file, row), -1, new Original(null, null));
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public Optional<String> note() {
    return rows.note();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
