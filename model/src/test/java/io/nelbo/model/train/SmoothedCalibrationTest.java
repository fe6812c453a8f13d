package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.calibrate.WatchedStatistics;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether alarms on records and means over them keep to the budget; streams without a model. */
final class SmoothedCalibrationTest {
  private static final int MINUTE = 60_000;
  private static final int DAY = 1440;
  private static final int ROUNDS = 10;

  @ParameterizedTest
  @CsvSource({"0, 4", "0, 15", "0, 64", "0.9, 4", "0.9, 15", "0.9, 64"})
  void normalRecordsAlarmAtTheAskedRate(double correlation, int records) {
    RecordRate budget = new RecordRate(0.01, records);
    double alarmed = 0;
    double asked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(100 * records + round);
      Calibration calibration = calibration(random, correlation, rules(records));

      double[] larger = larger(calibration, records, stream(random, correlation, 20 * DAY));

      double border = calibration.alerting(budget).statistic(calibration.borderPValue(budget));
      alarmed += Arrays.stream(larger).filter(one -> one >= border).count();
      asked += calibration.borderPValue(budget) * larger.length;
    }

    assertThat(alarmed / asked).isBetween(0.75, 1.25);
  }

  private static AlertRules rules(int records) {
    return new AlertRules(Duration.ofMinutes(10), records);
  }

  /** Of every other fifth hour of fifty days, as blocks are held out. */
  private static Calibration calibration(
      SplittableRandom random, double correlation, AlertRules rules) {
    double[] all = stream(random, correlation, 50 * DAY);
    List<Segment> blocks = new ArrayList<>();
    double[] values = new double[all.length / 5];
    int block = 300;
    for (int first = 0; first < all.length; first += 5 * block) {
      System.arraycopy(all, first, values, block * blocks.size(), block);
      long[] times = new long[block];
      int start = first;
      Arrays.setAll(times, i -> (long) (start + i) * MINUTE);
      blocks.add(new Segment("one", times, new float[block]));
    }
    ScaledSpan span =
        new ScaledSpan(
            blocks,
            Scaler.identity(1, List.of("one")),
            new WindowShape(1, new RecordColumns(List.of("value"))));
    OrderedStatistics heldOut = new OrderedStatistics(span, Windows.all(blocks, 1), values);
    OrderedStatistics before = new OrderedStatistics(span, Windows.NONE, new double[0]);
    return heldOut.calibration(rules).withSmoothed(heldOut.smoothed(before, rules));
  }

  private static double[] larger(Calibration calibration, int records, double[] statistics) {
    SmoothedCalibration smoothed = calibration.smoothed().orElseThrow();
    RecentScores recent = new RecentScores(records);
    return Arrays.stream(statistics)
        .map(
            one ->
                ChannelCalibrations.statistic(
                    calibration.surprises(one, recent.add(smoothed.standardised(one)))))
        .toArray();
  }

  /** Squares of an autoregression of first order with deviation 1. */
  private static double[] stream(SplittableRandom random, double correlation, int length) {
    double[] values = new double[length];
    double value = random.nextGaussian();
    for (int i = 0; i < length; i++) {
      value =
          correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
      values[i] = value * value;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"0, 15", "0.9, 15"})
  void normalSeriesOpenAsManyEpisodesAsAsked(double correlation, int records) {
    EpisodeRate budget = new EpisodeRate(2, 10 * MINUTE, records);
    double opened = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(100 * records + round);
      Calibration calibration = calibration(random, correlation, rules(records));

      double[] larger = larger(calibration, records, stream(random, correlation, 20 * DAY));

      long[] times = new long[larger.length];
      Arrays.setAll(times, i -> (long) i * MINUTE);
      double border = calibration.alerting(budget).statistic(calibration.borderPValue(budget));
      opened +=
          new WatchedStatistics(new int[larger.length], times, larger, 20)
                  .episodes(border, budget.gapMillis())
              / 20.0;
    }

    assertThat(opened / ROUNDS).isBetween(1.2, 2.6);
  }
}
