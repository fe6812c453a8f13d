package io.nelbo.jobs.config;

import java.io.Serializable;

/** Paths into a JSON record; dots descend. */
public record FieldsConfig(
    @Setting(
            means = "JSON: path of the series, dots descend; empty takes the Kafka key",
            fallback = "series")
        String series,
    @Setting(
            means =
                "JSON: path of the event time, ISO-8601 or a number (source.time-unit); empty takes"
                    + " the Kafka timestamp",
            fallback = "time")
        String time,
    @Setting(means = "JSON: path of the object or array of features; empty takes the record itself")
        String features,
    @Setting(means = "JSON: path of a true/false label; empty means none") String label)
    implements Serializable {}
