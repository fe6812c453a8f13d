package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.WatchedStatistics;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ProvisionalModelTest {
  private static final long MINUTE = 60_000;

  /** Ten series-days of a record a day. */
  private final Calibration calibration =
      Calibration.fit(statistics(), 10)
          .withEpisodes(
              EpisodeRates.fit(
                  new WatchedStatistics(new int[10], days(), statistics(), 10), MINUTE));

  @Test
  void whatIsSupportedNeedsNoRemark() {
    assertThat(ProvisionalModel.remark(calibration, new RecordRate(0.1))).isEmpty();
    assertThat(ProvisionalModel.remark(calibration, new EpisodeRate(0.1, MINUTE))).isEmpty();
  }

  @Test
  void lessThanIsSupportedIsSaidInTheUnitThatWasAskedIn() {
    assertThat(ProvisionalModel.remark(calibration, new RecordRate(0.001)))
        .hasValue(
            "provisional: its calibration supports a false-alarm rate of 0.091, not the 0.0010 of"
                + " alert.false-alarm-rate: train on more records");
    assertThat(ProvisionalModel.remark(calibration, new EpisodeRate(0.05, MINUTE)))
        .hasValue(
            "provisional: its calibration watched 10 series-days and supports 0.10 false alarms per"
                + " series and day, not the 0.050 of alert.false-alarms-per-series-day: train on a"
                + " longer stretch");
  }

  @Test
  void moreOfTheSameIsNoAdviceWhereItIsAllAlike() {
    Calibration constant = Calibration.fit(new double[500], 1);
    Calibration inRuns = Calibration.fit(IntStream.range(0, 500).mapToDouble(i -> i).toArray(), 9);

    assertThat(ProvisionalModel.remark(constant, new RecordRate(0.001)))
        .hasValue(
            "provisional: its calibration supports a false-alarm rate of 0.50, not the 0.0010 of"
                + " alert.false-alarm-rate: all 500 held-out records score the same, their values"
                + " never change; more of them do not help, train on a stretch in which they do");
    assertThat(ProvisionalModel.remark(inRuns, new RecordRate(0.001)))
        .hasValue(
            "provisional: its calibration supports a false-alarm rate of 0.10, not the 0.0010 of"
                + " alert.false-alarm-rate: its 500 held-out records are worth 9 independent ones,"
                + " for the strangest are equal or come in runs; train on a longer stretch");
  }

  @Test
  void aCalibrationThatCannotKeepToEpisodesSaysSo() {
    Calibration old = Calibration.of(calibration.table());

    assertThat(ProvisionalModel.remark(old, new RecordRate(0.1))).isEmpty();
    assertThat(ProvisionalModel.remark(old, new EpisodeRate(0.1, MINUTE)))
        .hasValue(
            "refused by the score job: its calibration counts no episodes: run 'nelbo recalibrate',"
                + " or train again");
  }

  private static double[] statistics() {
    return IntStream.range(0, 10).mapToDouble(i -> i).toArray();
  }

  private static long[] days() {
    return LongStream.range(0, 10).map(i -> i * 1440 * MINUTE).toArray();
  }
}
