package io.nelbo.jobs.decode;

import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line of comma-separated UTF-8: series, time, then the features and the fields of the context
 * in the configuration's order; quotes as in RFC 4180, blanks around a cell do not count.
 */
final class CsvFormat implements RecordFormat {
  private static final int LEADING = 2;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get(); // as in files

  private final MeasuredNames names;
  private final TimeText times;
  private final Utf8Decoder utf8 = new Utf8Decoder();

  CsvFormat(MeasuredNames names, TimeText times) {
    this.names = names;
    this.times = times;
  }

  @Override
  public boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    String line = utf8.decode(value);
    if (line == null) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "value is not UTF-8");
    }
    try (CSVParser parser = CSVParser.parse(line, FORMAT)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        return into.reject(DeadLetterReason.UNPARSEABLE, "value is empty, expected one CSV line");
      }
      CSVRecord cells = records.next();
      if (records.hasNext()) {
        return into.reject(
            DeadLetterReason.UNPARSEABLE, "value has more than one CSV line, expected one");
      }
      return readCells(cells, into);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return into.reject(DeadLetterReason.UNPARSEABLE, "value is not a CSV line of RFC 4180");
    }
  }

  private boolean readCells(CSVRecord cells, DecodedRecord into) {
    if (cells.size() != LEADING + names.size()) {
      return into.reject(
          DeadLetterReason.WRONG_FEATURES,
          "found %d cells, expected %d: series, time%s %s"
              .formatted(
                  cells.size(),
                  LEADING + names.size(),
                  names.hasContext() ? "," : " and",
                  names.count()));
    }
    into.setSeries(cells.get(0));
    try {
      into.setEventTimeMillis(times.millis(cells.get(1)));
    } catch (ValueFormatException e) {
      into.setTimeFault(String.valueOf(e.getMessage()));
    }
    float[] features = new float[names.size()];
    for (int i = 0; i < features.length; i++) {
      try {
        features[i] = NumberText.parse(cells.get(LEADING + i));
      } catch (ValueFormatException e) {
        return into.reject(
            DeadLetterReason.WRONG_FEATURES, names.describe(i) + " " + e.getMessage());
      }
    }
    into.setFeatures(features);
    return true;
  }
}
