package io.nelbo.jobs.decode;

import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.wire.SensorRecordReader;
import io.nelbo.schemas.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * {@code SensorRecord} in Avro single-object encoding; brings its own series and time. Its values
 * are the features, then the fields of the context.
 */
final class AvroFormat implements RecordFormat {
  private final SensorRecordReader reader = new SensorRecordReader();
  private final TimeText times;

  AvroFormat(TimeText times) {
    this.times = times;
  }

  @Override
  public boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    try {
      reader.read(value);
    } catch (WireFormatException e) {
      return into.reject(reason(e.kind()), String.valueOf(e.getMessage()));
    }
    into.setSeries(reader.series());
    into.setFeatures(reader.features());
    into.setLabel(reader.label());
    try {
      // Some write seconds where the schema says milliseconds.
      into.setEventTimeMillis(times.millis(reader.eventTimeMillis()));
    } catch (ValueFormatException e) {
      into.setTimeFault(String.valueOf(e.getMessage()));
    }
    return true;
  }

  static DeadLetterReason reason(WireFormatException.Kind kind) {
    return switch (kind) {
      case UNKNOWN_SCHEMA -> DeadLetterReason.UNKNOWN_SCHEMA;
      case NOT_SINGLE_OBJECT, TRUNCATED_OR_CORRUPT -> DeadLetterReason.UNPARSEABLE;
    };
  }
}
