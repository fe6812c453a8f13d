package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.csv.CsvColumns;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which columns of CSV files are no features. */
public final class CsvOptions {
  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "Event time: epoch, ISO-8601 or yyyy-MM-dd HH:mm:ss. Else a row is a minute.")
  private String time;

  @Option(
      names = "--series",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "The machine or service a row belongs to. Else all rows are one series.")
  private String series;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "",
      description = "1 or true where a row is known to be anomalous.")
  private String label;

  public CsvColumns columns() {
    return new CsvColumns(time, series, label, Duration.ofMinutes(1));
  }
}
