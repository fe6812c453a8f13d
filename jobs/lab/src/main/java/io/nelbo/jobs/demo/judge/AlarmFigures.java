package io.nelbo.jobs.demo.judge;

/**
 * How often normal readings alarmed over some time.
 *
 * @param readings normal ones that were scored
 * @param alarms of them, those at or over the border
 * @param hoursWatched hours of single series in which there was one
 * @param hoursInAlarm of them, those in which one alarmed
 */
public record AlarmFigures(long readings, long alarms, long hoursWatched, long hoursInAlarm) {
  private static final double HOURS_PER_DAY = 24;

  /** Share of the readings; zero without any. */
  public double share() {
    return readings == 0 ? 0 : (double) alarms / readings;
  }

  /** False alarms of one series in a day, of which one that lasts counts once an hour. */
  public double perSeriesDay() {
    return hoursWatched == 0 ? 0 : hoursInAlarm / seriesDays();
  }

  public double seriesDays() {
    return hoursWatched / HOURS_PER_DAY;
  }
}
