package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.EpochUnit;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * How the cells of CSV files are read.
 *
 * @param unit of times that are numbers
 * @param zone of times without an offset
 * @param rowsTellTheHour whether the order of the rows tells which pass of a doubled hour is meant;
 *     else it is the first, as on a topic
 * @param skipsBadRows whether rows that cannot be read are left out and told, instead of stopping
 */
public record CsvValues(EpochUnit unit, ZoneId zone, boolean rowsTellTheHour, boolean skipsBadRows)
    implements Serializable {
  /** Likely times, UTC, and every row is good. */
  public static CsvValues strict() {
    return new CsvValues(EpochUnit.AUTO, ZoneId.of("UTC"), false, false);
  }
}
