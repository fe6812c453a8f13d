package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PredictionBoundTest {
  /** Mean 3, sample variance 2.5; of a t of 4 degrees 2.1318 leaves 5 % and 7.1732 0.1 %. */
  private static final double[] FIVE = {1, 2, 3, 4, 5};

  @Test
  void isThatOfTheTextbook() {
    PredictionBound bound = new PredictionBound(FIVE, 5);

    assertThat(bound.at(0.05)).isCloseTo(3 + 2.1318 * Math.sqrt(2.5 * 1.2), within(1e-3));
    assertThat(bound.at(0.001)).isCloseTo(3 + 7.1732 * Math.sqrt(2.5 * 1.2), within(1e-3));
  }

  @Test
  void aCalibrationOfFewRecordsHasItsBorderThere() {
    Calibration calibration = Calibration.fit(FIVE, 5);

    double border = calibration.borderPValue(0.001);

    assertThat(border).isEqualTo(0.001);
    assertThat(calibration.statistic(border))
        .isCloseTo(new PredictionBound(FIVE, 5).at(0.001), within(1e-6));
  }

  @Test
  void recordsThatAreAllAlikeAlarmOnWhatIsStrangerThanAllOfThem() {
    double[] alike = new double[100];
    Arrays.fill(alike, 7);
    Calibration calibration = Calibration.fit(alike, 1);

    double border = calibration.borderPValue(0.001);

    assertThat(border).isLessThan(0.01);
    assertThat(calibration.pValue(7)).isEqualTo(1);
    assertThat(calibration.pValue(20)).isLessThan(border);
  }

  @Test
  void ofNormalRecordsAsManyAlarmAsAreAskedForHoweverFewTheSample() {
    SplittableRandom random = new SplittableRandom(9);
    double alarms = 0;
    int rounds = 20_000;
    for (int round = 0; round < rounds; round++) {
      double[] sample = new double[8];
      Arrays.setAll(sample, i -> random.nextGaussian());
      Calibration calibration = Calibration.fit(sample, 8);
      double border = calibration.statistic(calibration.borderPValue(0.01));
      alarms += random.nextGaussian() >= border ? 1 : 0;
    }

    assertThat(alarms / rounds).isBetween(0.003, 0.013);
  }

  @Test
  void ofRecordAndMeanTogetherEachGetsHalfOfARateThatIsNotSupported() {
    Calibration together = Calibration.fit(FIVE, 5);
    Calibration calibration =
        Calibration.fit(FIVE, 5)
            .withSmoothed(new SmoothedCalibration(4, 0, 1, Calibration.fit(FIVE, 5), together));

    double border = calibration.borderPValue(new RecordRate(0.001, 4));

    assertThat(together.statistic(border)).isCloseTo(Math.log(2 / 0.001), within(1e-9));
  }
}
