package io.nelbo.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AlarmAllowanceTest {
  private static final int ROWS = 1_200;
  private static final int STREAMS = 1_000;
  private static final double ASKED = 0.01;

  /** The upper hundredth of the standard normal distribution. */
  private static final double BORDER = 2.326;

  private final SplittableRandom random = new SplittableRandom(6);

  @Test
  void ofIndependentRowsItIsTheBinomialChance() {
    double chance = 3 * Math.sqrt(ASKED * (1 - ASKED) / ROWS) + 1.0 / ROWS;

    assertThat(AlarmAllowance.of(ASKED, ROWS, 1)).isCloseTo(3 * ASKED + chance, within(1e-12));
  }

  @Test
  void normalRowsThatAlarmInClustersAreRarelyTooMany() {
    // Autoregressive (0.99): about 25 exceedances come together, see the review of spans.
    int beyond = 0;
    int beyondIndependent = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      double rate = alarmRate(0.99);
      beyond += rate > AlarmAllowance.of(ASKED, ROWS, 25) ? 1 : 0;
      beyondIndependent += rate > AlarmAllowance.of(ASKED, ROWS, 1) ? 1 : 0;
    }

    assertThat((double) beyond / STREAMS).isLessThan(0.01);
    assertThat((double) beyondIndependent / STREAMS).isGreaterThan(0.03);
  }

  @Test
  void aModelThatAlarmsAtFarTooMuchIsFoundOutAllTheSame() {
    assertThat(AlarmAllowance.of(ASKED, ROWS, 25)).isLessThan(0.15);
    assertThat(AlarmAllowance.of(0.001, 4_000, 25)).isLessThan(0.03);
  }

  private double alarmRate(double memory) {
    double value = random.nextGaussian();
    int alarms = 0;
    for (int row = 0; row < ROWS; row++) {
      alarms += value >= BORDER ? 1 : 0;
      value = memory * value + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }
    return (double) alarms / ROWS;
  }
}
