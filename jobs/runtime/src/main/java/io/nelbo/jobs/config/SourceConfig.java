package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** Where records come from and how their bytes are read. */
public record SourceConfig(
    @Setting(means = "topic of the records", required = true) String topic,
    @Setting(
            means =
                "bytes of one record: SensorRecord in Avro single-object encoding, a JSON object,"
                    + " or a CSV line of series, time and features",
            fallback = "avro")
        Format format,
    FieldsConfig fields,
    @Setting(means = "consumer group", fallback = "<detector>") String group,
    @Setting(means = "where to begin when the group has no offsets", fallback = "earliest")
        Start start,
    @Setting(
            means =
                "how far event time may run ahead of the Kafka timestamp; beyond, a dead letter",
            fallback = "1h")
        Duration maxSkew,
    @Setting(means = "a larger record is a dead letter", fallback = "1MiB") int maxBytes,
    @Setting(
            means = "time after which a silent partition no longer holds event time back",
            fallback = "1m")
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
