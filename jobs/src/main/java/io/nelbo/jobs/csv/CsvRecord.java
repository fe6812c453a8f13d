package io.nelbo.jobs.csv;

/**
 * One row of a CSV file.
 *
 * @param file position of its file among those that are read, from 0
 * @param line on which it ends, counted from 1
 * @param values in the order of the features, NaN where not observed
 * @param label 1 anomalous, 0 normal, -1 unknown
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record CsvRecord(
    int file, long line, String series, long eventTimeMillis, float[] values, int label)
    implements CsvRow {}
