package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationTest {
  enum Distribution {
    NORMAL(SplittableRandom::nextGaussian),
    EXPONENTIAL(SplittableRandom::nextExponential),
    STUDENT_WITH_THREE_DEGREES(CalibrationTest::studentThree);

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final ToDoubleFunction<SplittableRandom> draw;

    Distribution(ToDoubleFunction<SplittableRandom> draw) {
      this.draw = draw;
    }

    double[] sample(SplittableRandom random, int size) {
      return IntStream.range(0, size).mapToDouble(index -> draw.applyAsDouble(random)).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void freshSamplesAlarmAtTheAskedRate(Distribution distribution) {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int rounds = 20;
    int size = 20_000;
    double[] rates = {1e-2, 1e-3};

    long[] alarms = new long[rates.length];
    for (int round = 0; round < rounds; round++) {
      Calibration calibration = fit(distribution.sample(random, size));
      for (double fresh : distribution.sample(random, size)) {
        for (int rate = 0; rate < rates.length; rate++) {
          alarms[rate] += calibration.pValue(fresh) <= rates[rate] ? 1 : 0;
        }
      }
    }

    for (int rate = 0; rate < rates.length; rate++) {
      double measured = alarms[rate] / (double) (rounds * size);
      // held-out and fresh samples both vary, each like a binomial
      double deviation = Math.sqrt(2 * rates[rate] / (rounds * size));
      assertThat(measured)
          .as("seed %s, rate %s", seed, rates[rate])
          .isCloseTo(rates[rate], within(4 * deviation));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 500})
  void smallSamplesAlarmAsOftenAsTheBorderSays(int size) {
    long seed = 12;
    SplittableRandom random = new SplittableRandom(seed);
    int rounds = 2000;
    int freshPerRound = 200;

    long alarms = 0;
    for (int round = 0; round < rounds; round++) {
      Calibration calibration = fit(Distribution.EXPONENTIAL.sample(random, size));
      double border = calibration.borderPValue(1e-9);
      for (double fresh : Distribution.EXPONENTIAL.sample(random, freshPerRound)) {
        alarms += calibration.pValue(fresh) <= border ? 1 : 0;
      }
    }

    double border = 1.0 / (size + 1);
    double measured = alarms / ((double) rounds * freshPerRound);
    // Its true rate is Beta(1, n) in each round: deviation about as large as the mean.
    assertThat(measured / border).as("seed %s", seed).isCloseTo(1, within(4 / Math.sqrt(rounds)));
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void theTailBeyondTheDataIsOfTheRightOrderOfMagnitude(Distribution distribution) {
    long seed = 13;
    SplittableRandom random = new SplittableRandom(seed);
    double extrapolatedRate = 1e-4;
    int rounds = 50;
    double[] fresh = distribution.sample(random, 100_000);
    Arrays.sort(fresh);

    double alarms = 0;
    for (int round = 0; round < rounds; round++) {
      Calibration calibration = fit(distribution.sample(random, 2000));
      int quietest = fresh.length;
      while (quietest > 0 && calibration.pValue(fresh[quietest - 1]) <= extrapolatedRate) {
        quietest--;
      }
      alarms += fresh.length - quietest;
    }

    // lighter tails than the exponential are overestimated: few alarms, never too many
    assertThat(alarms / rounds / fresh.length)
        .as("seed %s", seed)
        .isBetween(extrapolatedRate / 30, extrapolatedRate * 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theLogPValueFallsStrictlyFromTheSmallestStatisticToInfinity(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] heldOut = Distribution.NORMAL.sample(random, 10 + random.nextInt(5000));
    Calibration calibration = fit(heldOut);
    double smallest = Arrays.stream(heldOut).min().orElseThrow();

    double[] probes =
        IntStream.range(0, 2000)
            .mapToDouble(index -> smallest + Math.exp(-6 + 34 * random.nextDouble()))
            .sorted()
            .distinct()
            .toArray();

    for (int probe = 1; probe < probes.length; probe++) {
      if (probes[probe] - probes[probe - 1] > 1e-9 * Math.abs(probes[probe])) {
        assertThat(calibration.logPValue(probes[probe]))
            .as("seed %s, between %s and %s", seed, probes[probe - 1], probes[probe])
            .isLessThan(calibration.logPValue(probes[probe - 1]))
            .isNegative();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theStatisticOfAPValueHasThisPValue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 2 + random.nextInt(5000);
    Calibration calibration = fit(Distribution.NORMAL.sample(random, size));

    double[] pValues =
        IntStream.range(0, 500).mapToDouble(i -> Math.exp(-40 * random.nextDouble())).toArray();

    for (double pValue : pValues) {
      assertThat(calibration.pValue(calibration.statistic(pValue)) / pValue)
          .as("seed %s, p %s", seed, pValue)
          .isCloseTo(1, within(1e-9));
    }
    assertThat(calibration.statistic(1)).isEqualTo(calibration.table().statistics()[0]);
  }

  @Test
  void heldOutValuesHaveTheConformalPValue() {
    Calibration calibration = fit(4, 1, 3, 2);

    assertThat(calibration.pValue(0)).isEqualTo(1);
    assertThat(calibration.pValue(1)).isEqualTo(1);
    assertThat(calibration.pValue(2)).isCloseTo(3 / 5.0, within(1e-12));
    assertThat(calibration.pValue(3)).isCloseTo(2 / 5.0, within(1e-12));
    assertThat(calibration.pValue(4)).isCloseTo(1 / 5.0, within(1e-12));
    assertThat(calibration.pValue(2.5)).isCloseTo(Math.sqrt(3 * 2) / 5, within(1e-12));
  }

  @Test
  void valuesBeyondTheDataAreMarkedAndStillRanked() {
    Calibration calibration = fit(1, 2, 3, 4);

    assertThat(calibration.extrapolated(4)).isFalse();
    assertThat(calibration.extrapolated(4.001)).isTrue();
    assertThat(calibration.logPValue(1e9)).isLessThan(calibration.logPValue(1e8));
    assertThat(calibration.pValue(Double.POSITIVE_INFINITY)).isZero();
    assertThat(calibration.pValue(Double.NEGATIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void equalStatisticsMakeEverythingAboveThemStrange() {
    Calibration calibration = fit(7, 7, 7, 7, 7, 7, 7, 7, 7);

    assertThat(calibration.pValue(7)).isEqualTo(1);
    assertThat(calibration.pValue(7.0001)).isCloseTo(1 / 10.0, within(1e-3));
    assertThat(calibration.logPValue(17)).isCloseTo(Math.log(0.1) - 10, within(1e-9));
  }

  @Test
  void aClippedStatisticHasATailOfTheDataSWidth() {
    double[] heldOut = new double[1000];
    for (int index = 0; index < heldOut.length; index++) {
      heldOut[index] = Math.min(index, 500) / 100.0;
    }

    Calibration calibration = fit(heldOut);

    assertThat(calibration.pValue(5)).isCloseTo(500 / 1001.0, within(1e-12));
    assertThat(calibration.pValue(5.0001)).isLessThan(1 / 1001.0);
    assertThat(calibration.table().tailScale()).isCloseTo(5 / Math.log(1001), within(1e-12));
  }

  @Test
  void theLargestStatisticIsKeptHoweverOftenItCame() {
    double[] heldOut = new double[30_000];
    for (int index = 0; index < heldOut.length; index++) {
      heldOut[index] = Math.min(index, 27_000) / 100.0;
    }

    Calibration calibration = fit(heldOut);

    assertThat(calibration.pValue(270)).isCloseTo(3_000 / 30_001.0, within(1e-12));
    assertThat(calibration.extrapolated(270)).isFalse();
  }

  @Test
  void oneStatisticIsEnoughToRank() {
    Calibration calibration = fit(3);

    assertThat(calibration.smallestRate()).isEqualTo(0.5);
    assertThat(calibration.logPValue(5)).isLessThan(calibration.logPValue(4));
  }

  @Test
  void theBorderIsTheAskedRateUnlessTheSampleCannotSupportIt() {
    Calibration calibration = Calibration.fit(ramp(1000), 99);

    assertThat(calibration.smallestRate()).isEqualTo(0.01);
    assertThat(calibration.borderPValue(0.05)).isEqualTo(0.05);
    assertThat(calibration.borderPValue(0.001)).isEqualTo(0.01);
  }

  @Test
  void aLargeSampleKeepsItsUpperTailAndThinsTheRest() {
    SplittableRandom random = new SplittableRandom(14);
    double[] heldOut = Distribution.EXPONENTIAL.sample(random, 1_000_000);
    double[] sorted = heldOut.clone();
    Arrays.sort(sorted);

    Calibration calibration = fit(heldOut);

    double[] kept = calibration.table().statistics();
    assertThat(kept.length).isLessThan(4000);
    assertThat(Arrays.copyOfRange(kept, kept.length - 2000, kept.length))
        .containsExactly(Arrays.copyOfRange(sorted, sorted.length - 2000, sorted.length));
    for (int rank : new int[] {1, 10_000, 500_000, 990_000}) {
      double exact = (sorted.length - rank + 1.0) / (sorted.length + 1.0);
      assertThat(calibration.pValue(sorted[rank])).isCloseTo(exact, within(0.006 * exact));
    }
  }

  @Test
  void theShapeOfAHeavyTailIsFoundAndThatOfALightOneIsZero() {
    SplittableRandom random = new SplittableRandom(15);

    double heavy =
        fit(Distribution.STUDENT_WITH_THREE_DEGREES.sample(random, 10_000)).table().tailShape();
    double light = fit(ramp(10_000)).table().tailShape();

    assertThat(heavy).isBetween(0.15, 0.45);
    assertThat(light).isZero();
  }

  @Test
  void aCalibrationIsRestoredFromItsTable() {
    Calibration calibration = fit(Distribution.NORMAL.sample(new SplittableRandom(16), 3000));

    Calibration restored = Calibration.of(calibration.table());

    for (double statistic = -5; statistic < 50; statistic += 0.37) {
      assertThat(restored.logPValue(statistic)).isEqualTo(calibration.logPValue(statistic));
    }
  }

  @Test
  void whatIsNotANumberIsRefused() {
    Calibration calibration = fit(1, 2, 3);

    assertThatThrownBy(() -> calibration.pValue(Double.NaN))
        .hasMessage("statistic must be a number, got NaN");
    assertThatThrownBy(() -> fit(1, Double.NaN))
        .hasMessage("held-out statistics must be finite, got 1.0..NaN");
    assertThatThrownBy(() -> fit())
        .hasMessage("calibration needs at least one held-out statistic, got 0");
    assertThatThrownBy(() -> Calibration.fit(new double[] {1, 2}, 3))
        .hasMessage("effectiveSample must lie in [1, 2], got 3.0");
  }

  private static Calibration fit(double... heldOut) {
    return Calibration.fit(heldOut, heldOut.length);
  }

  private static double[] ramp(int size) {
    return IntStream.range(0, size).mapToDouble(index -> index).toArray();
  }

  private static double studentThree(SplittableRandom random) {
    double squares = 0;
    for (int degree = 0; degree < 3; degree++) {
      double normal = random.nextGaussian();
      squares += normal * normal;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }
}
