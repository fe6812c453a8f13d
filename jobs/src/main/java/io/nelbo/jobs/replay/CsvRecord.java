package io.nelbo.jobs.replay;

/**
 * One row of a CSV file.
 *
 * @param values in the order of the features, NaN where not observed
 * @param label 1 anomalous, 0 normal, -1 unknown
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record CsvRecord(String series, long eventTimeMillis, float[] values, int label) {}
