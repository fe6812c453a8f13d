package io.nelbo.jobs.stream;

/**
 * Where a record lies in the source. Public so that Flink serialises it without Kryo.
 *
 * @param partition of the topic, or the number of the file
 * @param offset in the partition, or the row in the file, from 0
 */
public record Place(int partition, long offset) {}
