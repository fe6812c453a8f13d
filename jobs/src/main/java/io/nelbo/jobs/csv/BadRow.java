package io.nelbo.jobs.csv;

import io.nelbo.schemas.DeadLetterReason;

/**
 * A row that is no record.
 *
 * @param reason that a topic would give
 * @param message column, value and rule
 */
public record BadRow(int file, long line, DeadLetterReason reason, String message)
    implements CsvRow {}
