package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where records come from and how their bytes are read.
 *
 * @param topic the topic of records
 * @param format bytes of one record
 * @param fields where JSON keeps what we need
 * @param group consumer group
 * @param start where to begin when the group has no offsets
 * @param maxSkew how far event time may run ahead of the Kafka timestamp
 * @param maxBytes a larger record is a dead letter
 * @param idleness after which a silent partition no longer holds event time back
 */
public record SourceConfig(
    String topic,
    Format format,
    FieldsConfig fields,
    String group,
    Start start,
    Duration maxSkew,
    int maxBytes,
    Duration idleness)
    implements Serializable {
  /** Bytes of one record. */
  public enum Format {
    /** {@code SensorRecord} in Avro single-object encoding. */
    AVRO,
    /** One JSON object; {@code source.fields} says where things are. */
    JSON,
    /** One CSV line: series, time, then the features. */
    CSV
  }

  /** Where to begin when the group has no committed offsets. */
  public enum Start {
    EARLIEST,
    LATEST
  }
}
