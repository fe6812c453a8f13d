package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EpisodeRatesTest {
  private static final long MINUTE = 60_000;
  private static final int PER_DAY = 1440;
  private static final long GAP = 10 * MINUTE;

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0, 2", "0.9, 0.1", "0.9, 2", "0.99, 0.1", "0.99, 2"})
  void freshSeriesOpenAsManyEpisodesAsAskedForHoweverCorrelated(double correlation, double asked) {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    int rounds = 8;
    int freshDays = 400;

    double measured = 0;
    for (int round = 0; round < rounds; round++) {
      Calibration calibration = calibrated(minutes(random, correlation, 5, 30), GAP);
      double border = calibration.borderPValue(new EpisodeRate(asked, GAP));
      WatchedStatistics fresh = minutes(random, correlation, 1, freshDays);
      double[] logs = Arrays.stream(fresh.statistics()).map(calibration::logPValue).toArray();
      measured += episodes(fresh, i -> logs[i] <= Math.log(border)) / (double) (rounds * freshDays);
    }

    // 15 episodes are asked for in each round's 150 held-out days at the smaller rate
    assertThat(measured / asked).as("seed %s", seed).isBetween(0.6, 1.3);
  }

  @Test
  void theAlarmRatePerRecordWouldGiveManyTimesMoreOrFewer() {
    SplittableRandom random = new SplittableRandom(22);
    double[] records = new double[2];

    for (int i = 0; i < 2; i++) {
      double correlation = i * 0.99;
      Calibration calibration = calibrated(minutes(random, correlation, 5, 30), GAP);
      records[i] = calibration.borderPValue(new EpisodeRate(2, GAP));
    }

    // an episode of the slow series has many records, so that many more may alarm
    assertThat(records[1]).isGreaterThan(3 * records[0]);
  }

  @Test
  void blocksThatAreHeldOutHereAndThereWatchForAsLongAsTheyLast() {
    long seed = 23;
    SplittableRandom random = new SplittableRandom(seed);
    double asked = 1;
    WatchedStatistics all = minutes(random, 0.9, 5, 300);
    int[] heldOut =
        IntStream.range(0, all.statistics().length).filter(i -> i / 120 % 5 == 2).toArray();

    Calibration calibration = calibrated(chosen(all, heldOut), GAP);

    WatchedStatistics fresh = minutes(random, 0.9, 1, 2000);
    double border = calibration.borderPValue(new EpisodeRate(asked, GAP));
    double measured = episodes(fresh, i -> calibration.pValue(fresh.statistics()[i]) <= border);
    assertThat(measured / 2000).as("seed %s", seed).isBetween(0.75, 1.25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countsWhatOneWouldCountByHandAtEveryBorder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 2 + random.nextInt(200);
    int[] series = new int[size];
    long[] times = new long[size];
    double[] statistics = new double[size];
    for (int i = 0; i < size; i++) {
      series[i] = i == 0 ? 0 : series[i - 1] + (random.nextInt(30) == 0 ? 1 : 0);
      times[i] = i == 0 ? 0 : times[i - 1] + random.nextInt(5);
      statistics[i] = random.nextInt(60); // with ties
    }
    WatchedStatistics watched = new WatchedStatistics(series, times, statistics, 2);

    EpisodeTable table = EpisodeRates.fit(watched, 6).table();

    long most = 0;
    for (int knot = table.statistics().length - 1; knot >= 0; knot--) {
      double border = table.statistics()[knot];
      long byHand = episodes(watched, 6, i -> statistics[i] >= border);
      assertThat(table.episodes()[knot]).as("border %s", border).isEqualTo(byHand);
      assertThat(byHand).isGreaterThan(most);
      most = byHand;
    }
    assertThat(table.statistics()[table.statistics().length - 1])
        .isEqualTo(Arrays.stream(statistics).max().orElseThrow());
  }

  @Test
  void fewerThanTheHeldOutTimeSupportsAreNotPromised() {
    Calibration calibration = calibrated(minutes(new SplittableRandom(24), 0, 2, 10), GAP);

    double smallest = calibration.smallestRate(new EpisodeRate(1e-6, GAP));

    assertThat(smallest).isCloseTo(1 / 20.0, within(1e-12));
    assertThat(calibration.borderPValue(new EpisodeRate(1e-6, GAP)))
        .isEqualTo(calibration.borderPValue(new EpisodeRate(smallest, GAP)))
        .isPositive();
  }

  @Test
  void aSmallerRateHasAStricterBorderDownToTheSmallest() {
    EpisodeRates rates = EpisodeRates.fit(minutes(new SplittableRandom(25), 0.9, 2, 50), GAP);
    double[] asked = {1000, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.02, 0.015, 0.0101};

    double[] borders = Arrays.stream(asked).map(rates::border).toArray();

    for (int i = 2; i < borders.length; i++) { // the first two are beyond all that was counted
      assertThat(borders[i]).as("asked %s", asked[i]).isGreaterThan(borders[i - 1]);
    }
    double largest = rates.table().statistics()[rates.table().statistics().length - 1];
    assertThat(borders[borders.length - 1]).isGreaterThan(largest);
    assertThat(rates.border(0.02)).isCloseTo(largest, within(1e-12)); // (1 + 1) / 100 days
  }

  @Test
  void theTailIsThatOfTheEpisodesWorst() {
    SplittableRandom random = new SplittableRandom(26);
    int size = 20_000;
    double[] statistics = random.doubles(size).map(u -> -Math.log(u) / 2).toArray();
    long[] times = IntStream.range(0, size).mapToLong(i -> 2L * i * GAP).toArray();

    EpisodeTable table =
        EpisodeRates.fit(new WatchedStatistics(new int[size], times, statistics, 1), GAP).table();

    assertThat(table.tailScale() / (1 - table.tailShape())).isCloseTo(0.5, within(0.15));
    assertThat(table.tailShape()).isLessThan(0.25);
  }

  @Test
  void statisticsWithoutAnySpreadStillHaveABorder() {
    double[] same = new double[100];
    Arrays.fill(same, 7);
    long[] times = IntStream.range(0, 100).mapToLong(i -> i * MINUTE).toArray();
    WatchedStatistics watched = new WatchedStatistics(new int[100], times, same, 1);

    Calibration calibration = calibrated(watched, GAP);

    double border = calibration.borderPValue(new EpisodeRate(1, GAP));
    assertThat(calibration.pValue(7)).isGreaterThan(border);
    assertThat(calibration.pValue(70)).isLessThan(border);
  }

  @Test
  void aCalibrationWithoutEpisodesKeepsToRecordsOnly() {
    Calibration old = Calibration.fit(new double[] {1, 2, 3}, 3);

    assertThat(old.borderPValue(new RecordRate(0.3))).isEqualTo(0.3);
    assertThatThrownBy(() -> old.borderPValue(new EpisodeRate(0.1, GAP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("its calibration counts no episodes: run 'nelbo recalibrate', or train again");
  }

  @Test
  void episodesThatEndSoonerThanTheyWereCountedAreRefused() {
    Calibration calibration = calibrated(minutes(new SplittableRandom(27), 0, 2, 10), GAP);

    assertThat(calibration.refusal(new EpisodeRate(0.1, 2 * GAP))).isEmpty();
    assertThat(calibration.refusal(new EpisodeRate(0.1, MINUTE)))
        .hasValue(
            "its calibration joined anomalies up to 600.0 s apart into one episode, now it is 60.0"
                + " s: there would be more episodes than asked for; run 'nelbo recalibrate', or"
                + " train again");
  }

  private static Calibration calibrated(WatchedStatistics watched, long gapMillis) {
    return Calibration.fit(watched.statistics(), watched.statistics().length)
        .withEpisodes(EpisodeRates.fit(watched, gapMillis));
  }

  /** One record a minute of so many series; the statistic is a stationary normal AR(1). */
  private static WatchedStatistics minutes(
      SplittableRandom random, double correlation, int seriesCount, int days) {
    int each = days * PER_DAY;
    int[] series = new int[seriesCount * each];
    long[] times = new long[series.length];
    double[] statistics = new double[series.length];
    double innovation = Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < series.length; i++) {
      series[i] = i / each;
      times[i] = i % each * MINUTE;
      double fresh = random.nextGaussian();
      statistics[i] = i % each == 0 ? fresh : correlation * statistics[i - 1] + innovation * fresh;
    }
    return new WatchedStatistics(series, times, statistics, seriesCount * (double) days);
  }

  private static WatchedStatistics chosen(WatchedStatistics all, int[] indices) {
    return new WatchedStatistics(
        Arrays.stream(indices).map(i -> all.series()[i]).toArray(),
        Arrays.stream(indices).mapToLong(i -> all.eventTimeMillis()[i]).toArray(),
        Arrays.stream(indices).mapToDouble(i -> all.statistics()[i]).toArray(),
        indices.length / (double) PER_DAY);
  }

  private static long episodes(WatchedStatistics watched, IntPredicate anomalous) {
    return episodes(watched, GAP, anomalous);
  }

  private static long episodes(WatchedStatistics watched, long gapMillis, IntPredicate anomalous) {
    long episodes = 0;
    int last = -1;
    for (int i = 0; i < watched.statistics().length; i++) {
      if (anomalous.test(i)) {
        boolean continues =
            last >= 0
                && watched.series()[last] == watched.series()[i]
                && watched.eventTimeMillis()[i] - watched.eventTimeMillis()[last] <= gapMillis;
        episodes += continues ? 0 : 1;
        last = i;
      }
    }
    return episodes;
  }
}
