package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.schemas.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one Kafka record into a record that the detector can use, or says why not. The
 * outcome depends on nothing but these bytes, the Kafka timestamp and the configuration.
 *
 * <p>Throws nothing, whatever the bytes; allocates no more than a small multiple of them. Keeps
 * buffers: not thread-safe and not serialisable, make one per reader.
 */
public final class RecordDecoder {
  /** Longest name of a series: it is the key of all that is written about it. */
  private static final int LONGEST_SERIES = 256;

  private static final long NO_KAFKA_TIME = -1;

  private final RecordFormat format;
  private final MeasuredNames names;
  private final CalendarContext calendar;
  private final Duration maxSkew;
  private final long maxSkewMillis;
  private final int maxBytes;

  private RecordDecoder(
      RecordFormat format, MeasuredNames names, CalendarContext calendar, SourceConfig source) {
    this.format = format;
    this.names = names;
    this.calendar = calendar;
    this.maxSkew = source.maxSkew();
    this.maxSkewMillis = source.maxSkew().toMillis();
    this.maxBytes = source.maxBytes();
  }

  public static RecordDecoder of(NelboConfig config) {
    return of(config, config.source().format());
  }

  /** Another format than the topic's, by the same rules. */
  public static RecordDecoder of(NelboConfig config, SourceConfig.Format format) {
    SourceConfig source = config.source();
    MeasuredNames names = MeasuredNames.of(config);
    TimeText times = new TimeText(source.timeUnit(), source.zone());
    RecordFormat reader =
        switch (format) {
          case AVRO ->
              config.image().isConfigured()
                  ? ImageRecordFormat.of(config, times)
                  : new AvroFormat(times);
          case JSON -> new JsonFormat(names, source.fields(), times);
          case CSV -> new CsvFormat(names, times);
          case IMAGE -> ImageFormat.of(config, times);
        };
    return new RecordDecoder(reader, names, new CalendarContext(config.context()), source);
  }

  /**
   * Decodes one record without headers into {@code into}.
   *
   * @param key of the Kafka record; may be null
   * @param value of the Kafka record; null is a tombstone and refused
   * @param kafkaTimestampMillis negative if the Kafka record has none; then event time is not held
   *     against it
   * @return false if it is a dead letter; {@code into} says why
   */
  public boolean decode(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long kafkaTimestampMillis,
      DecodedRecord into) {
    return decode(key, value, kafkaTimestampMillis, MessageHeaders.NONE, into);
  }

  /**
   * The same of a message with headers.
   *
   * @param headers of the Kafka record; not kept
   */
  public boolean decode(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    into.clear();
    if (value == null) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE, "value is null (a tombstone), a record needs bytes");
    }
    if (value.length > maxBytes) {
      return into.reject(
          DeadLetterReason.TOO_LARGE,
          "value has %d bytes, source.max-bytes is %d".formatted(value.length, maxBytes));
    }
    return format.read(key, value, kafkaTimestampMillis, headers, into)
        && complete(into, kafkaTimestampMillis);
  }

  /**
   * Judges what was read elsewhere by the same rules; it has no Kafka timestamp.
   *
   * @param measured features, then the fields of the context
   * @param label 1 anomalous, 0 normal, -1 unknown
   * @return false if it is a dead letter; {@code into} says why
   */
  public boolean judge(
      String series, long eventTimeMillis, float[] measured, int label, DecodedRecord into) {
    into.clear();
    into.setSeries(series);
    into.setEventTimeMillis(eventTimeMillis);
    into.setFeatures(measured);
    into.setLabel(label);
    return completeWithoutKafka(into);
  }

  /** Judges what has been filled in. */
  boolean completeWithoutKafka(DecodedRecord into) {
    return complete(into, NO_KAFKA_TIME);
  }

  /** Judges the record and adds what its time tells. */
  private boolean complete(DecodedRecord record, long kafkaTimestampMillis) {
    if (!isUsable(record, kafkaTimestampMillis)) {
      return false;
    }
    record.setFeatures(calendar.complete(record.features(), record.eventTimeMillis()));
    return true;
  }

  private boolean isUsable(DecodedRecord record, long kafkaTimestampMillis) {
    return hasFiniteFeatures(record) && hasSeries(record) && hasTime(record, kafkaTimestampMillis);
  }

  private boolean hasFiniteFeatures(DecodedRecord record) {
    float[] features = record.features();
    if (features.length != names.size()) {
      return record.reject(DeadLetterReason.WRONG_FEATURES, names.wrongNumber(features.length));
    }
    for (int i = 0; i < features.length; i++) {
      if (Float.isInfinite(features[i])) {
        return record.reject(
            DeadLetterReason.NOT_FINITE,
            "%s is %s as a 32-bit number, must be finite, or NaN where not observed"
                .formatted(names.describe(i), features[i]));
      }
    }
    return true;
  }

  private static boolean hasSeries(DecodedRecord record) {
    if (record.series().isBlank()) {
      return record.reject(DeadLetterReason.NO_SERIES, "series is missing or blank");
    }
    int length = record.series().length();
    return length <= LONGEST_SERIES
        || record.reject(
            DeadLetterReason.NO_SERIES,
            "series has %d characters, at most %d".formatted(length, LONGEST_SERIES));
  }

  private boolean hasTime(DecodedRecord record, long kafkaTimestampMillis) {
    long time = record.eventTimeMillis();
    if (time == TimeText.NONE) {
      String fault = record.timeFault().isEmpty() ? "is missing" : record.timeFault();
      return record.reject(DeadLetterReason.NO_TIME, "event time " + fault);
    }
    if (!TimeText.isPossible(time)) {
      return record.reject(
          DeadLetterReason.NO_TIME,
          "event time is %d ms since 1970, must be in [%s, %s)"
              .formatted(time, TimeText.EARLIEST, TimeText.LATEST_EXCLUSIVE));
    }
    if (kafkaTimestampMillis >= 0 && time - kafkaTimestampMillis > maxSkewMillis) {
      return record.reject(
          DeadLetterReason.TIME_AHEAD,
          "event time %s is ahead of Kafka timestamp %s by more than source.max-skew (%s)"
              .formatted(
                  Instant.ofEpochMilli(time), Instant.ofEpochMilli(kafkaTimestampMillis), maxSkew));
    }
    return true;
  }
}
