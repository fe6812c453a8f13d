package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvValues;
import io.nelbo.jobs.values.EpochUnit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which columns of CSV files are no features, and how their cells are read. */
public final class CsvOptions {
  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "",
      description =
          "Event time: ISO-8601, 31.12.2026 23:59:59, or a number. Else a column that is named like"
              + " a time and holds likely ones, else a row is a minute.")
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

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      converter = Unit.class,
      description =
          "CSV, names of images: what times that are numbers count since 1970: seconds,"
              + " milliseconds, microseconds, nanoseconds, or auto, by plausibility. Default:"
              + " source.time-unit, or auto.")
  private @Nullable EpochUnit unit;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      converter = Zone.class,
      description =
          "CSV, names of images: zone of times without an offset, like Europe/Berlin; of the hour"
              + " that it has twice a year the order of the rows tells which is meant. Default:"
              + " source.time-zone, or UTC.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--skip-bad-rows",
      description = "CSV: leave out rows that cannot be read, and tell how many and why.")
  private boolean skipBadRows;

  /** Without a configuration. */
  public CsvColumns columns() {
    return columns(EpochUnit.AUTO, ZoneOffset.UTC);
  }

  /** With that of the topic behind the options. */
  public CsvColumns columns(SourceConfig source) {
    return columns(source.timeUnit(), source.zone());
  }

  private CsvColumns columns(EpochUnit otherUnit, ZoneId otherZone) {
    CsvValues values =
        new CsvValues(
            unit == null ? otherUnit : unit,
            zone == null ? otherZone : zone,
            zone != null, // a replay by the topic's own zone reads what the topic read
            skipBadRows);
    return new CsvColumns(time, series, label, Duration.ofMinutes(1), values);
  }

  static final class Unit implements ITypeConverter<EpochUnit> {
    @Override
    public EpochUnit convert(String text) {
      for (EpochUnit unit : EpochUnit.values()) {
        if (unit.settingName().equals(text.toLowerCase(Locale.ROOT))) {
          return unit;
        }
      }
      throw new TypeConversionException(
          "must be auto, seconds, milliseconds, microseconds or nanoseconds, got '" + text + "'");
    }
  }

  static final class Zone implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "must be a time zone like Europe/Berlin, UTC or +01:00, got '" + text + "'");
      }
    }
  }
}
