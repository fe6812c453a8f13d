package io.nelbo.jobs.config;

import java.io.Serializable;

/**
 * Paths into a JSON record; dots descend.
 *
 * @param series path of the series; empty means the Kafka key
 * @param time path of the event time: epoch milliseconds or ISO-8601, UTC where it names no offset;
 *     empty means the Kafka timestamp
 * @param features path of the object or array that holds the features; empty means the record
 *     itself
 * @param label path of the label; empty means none
 */
public record FieldsConfig(String series, String time, String features, String label)
    implements Serializable {}
