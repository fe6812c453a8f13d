package io.nelbo.jobs.config;

import io.nelbo.jobs.values.EpochUnit;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/** Where records come from and how their bytes are read. */
public record SourceConfig(
    @Setting(means = "topic of the records", required = true) String topic,
    @Setting(
            means =
                "bytes of one record: SensorRecord in Avro single-object encoding, a JSON object,"
                    + " a CSV line of series, time and features, or an image (PNG, JPEG) whose key"
                    + " is the series and whose Kafka timestamp is the time; with image.height avro"
                    + " means ImageRecord",
            fallback = "avro")
        Format format,
    FieldsConfig fields,
    @Inline Headers headers,
    @Inline Times times,
    @Inline Consumer consumer,
    @Inline Limits limits,
    @Setting(
            means = "time after which a silent partition no longer holds event time back",
            fallback = "1m")
        Duration idleness)
    implements Serializable {
  /** What the headers of a message say that is an image. */
  public record Headers(
      @Setting(
              means =
                  "images: header of the message that holds the series, as text; empty takes the"
                      + " Kafka key")
          String seriesHeader,
      @Setting(
              means =
                  "images: header of the message that holds the event time, as text or as 8 bytes"
                      + " of milliseconds since 1970, big-endian; empty takes the Kafka timestamp")
          String timeHeader,
      @Setting(
              means =
                  "images: header of the message that holds the content type, like image/jpeg;"
                      + " where there is none, the first bytes of the image say it",
              fallback = "content-type")
          String contentTypeHeader)
      implements Serializable {}

  /** How text and numbers are read as times. */
  public record Times(
      @Setting(
              means =
                  "what a number counts that stands for a time since 1970: auto takes the one unit"
                      + " in which it lies between 1990 and 2080 (nanoseconds from 2000), and"
                      + " refuses other numbers",
              fallback = "auto")
          EpochUnit timeUnit,
      @Setting(
              means =
                  "time zone of times without an offset, like Europe/Berlin; of an hour that it has"
                      + " twice they mean the first",
              fallback = "UTC")
          String timeZone)
      implements Serializable {}

  /** How the topic is followed. */
  public record Consumer(
      @Setting(means = "consumer group", fallback = "<detector>") String group,
      @Setting(means = "where to begin when the group has no offsets", fallback = "earliest")
          Start start)
      implements Serializable {}

  /** Beyond these a record is a dead letter. */
  public record Limits(
      @Setting(
              means =
                  "how far event time may run ahead of the Kafka timestamp; beyond, a dead letter",
              fallback = "1h")
          Duration maxSkew,
      @Setting(means = "a larger record is a dead letter", fallback = "1MiB") int maxBytes)
      implements Serializable {}

  /** Zone of times without an offset. */
  public ZoneId zone() {
    return ZoneId.of(times.timeZone());
  }

  /** Bytes of one record. */
  public enum Format {
    /** {@code SensorRecord} in Avro single-object encoding, or {@code ImageRecord} of images. */
    AVRO,
    /** One JSON object; {@code source.fields} says where things are. */
    JSON,
    /** One CSV line: series, time, then the features. */
    CSV,
    /** A PNG, a JPEG, or a frame's raw values; series from the key or a header, as is the time. */
    IMAGE
  }

  /** Where to begin when the group has no committed offsets. */
  public enum Start {
    EARLIEST,
    LATEST
  }

  public EpochUnit timeUnit() {
    return times.timeUnit();
  }

  public String timeZone() {
    return times.timeZone();
  }

  public String group() {
    return consumer.group();
  }

  public Start start() {
    return consumer.start();
  }

  public Duration maxSkew() {
    return limits.maxSkew();
  }

  public int maxBytes() {
    return limits.maxBytes();
  }
}
