package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RecentScoresTest {
  @Test
  void theMeanHasTheWeightsOfItsFormulaAndWhatIsNotThereYetIsNeitherNormalNorStrange() {
    RecentScores recent = new RecentScores(3); // d = 1/2, nine records
    double all = 2 - Math.pow(0.5, 8);

    assertThat(recent.add(8)).isCloseTo(8 / all, within(1e-15));
    assertThat(recent.add(2)).isCloseTo((2 + 4) / all, within(1e-15));
    assertThat(recent.add(0)).isCloseTo((1 + 2) / all, within(1e-15));
    for (int i = 0; i < 6; i++) {
      assertThat(recent.add(0)).isPositive();
    }
    assertThat(recent.add(0)).isCloseTo(2 * Math.pow(0.5, 8) / all, within(1e-15));
    assertThat(recent.add(0)).isZero();
  }

  @Test
  void aMeanOfOnesIsOne() {
    double[] ones = new double[100];
    Arrays.fill(ones, 1);

    assertThat(RecentScores.mean(ones, 99, 16)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aSpanGivesTheBitsOfTheStream() {
    SplittableRandom random = new SplittableRandom(5);
    double[] scores = random.doubles(200).toArray();
    RecentScores recent = new RecentScores(16);

    for (int row = 0; row < scores.length; row++) {
      assertThat(RecentScores.mean(scores, row, 16)).isEqualTo(recent.add(scores[row]));
    }
  }

  @Test
  void whatCameBeforeTheLastRecordsDoesNotShowInTheBits() {
    SplittableRandom random = new SplittableRandom(3);
    RecentScores old = new RecentScores(7);
    for (int i = 0; i < 100; i++) {
      old.add(random.nextDouble() * 1e9);
    }
    RecentScores young = new RecentScores(7);
    double last = 0;
    double lastOfOld = 0;

    for (int i = 0; i < RecentScores.memory(7); i++) {
      double surprise = random.nextDouble();
      last = young.add(surprise);
      lastOfOld = old.add(surprise);
    }

    assertThat(lastOfOld).isEqualTo(last);
  }

  @Test
  void aGapStartsAgainAndAnEqualStepDoesNot() {
    RecentScores recent = new RecentScores(3);
    RecentScores fresh = new RecentScores(3);
    recent.arrive(-50, 10);
    double first = recent.add(6);

    recent.arrive(-40, 10);
    assertThat(recent.add(6)).isGreaterThan(first);
    recent.arrive(-29, 10);
    assertThat(recent.add(2)).isEqualTo(fresh.add(2));
  }

  @Test
  void aCopyGoesItsOwnWay() {
    RecentScores recent = new RecentScores(2);
    recent.arrive(5, 10);
    recent.add(4);
    RecentScores copy = recent.copy();
    copy.arrive(100, 10);
    copy.add(9);

    recent.arrive(15, 10);

    assertThat(copy.add(2)).isGreaterThan(recent.add(2));
  }

  @Test
  void recordsAndMeansAreCalibratedForOneNumberOfRecords() {
    Calibration means = Calibration.fit(new double[] {0.5, 1, 1.5, 2}, 4);
    Calibration together = Calibration.fit(new double[] {0.5, 1, 1.5, 2}, 3);
    Calibration calibration =
        Calibration.fit(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 9)
            .withSmoothed(new SmoothedCalibration(8, 5, 2, means, together));

    assertThat(calibration.smoothed().orElseThrow().standardised(9)).isEqualTo(2);
    assertThat(calibration.surprises(9, 2)).containsExactly(-Math.log(0.1), -Math.log(0.2));
    assertThat(calibration.alerting(new RecordRate(0.01))).isSameAs(calibration);
    assertThat(calibration.alerting(new RecordRate(0.01, 8))).isSameAs(together);
    assertThat(calibration.borderPValue(new RecordRate(0.3, 8))).isEqualTo(0.3);
    assertThat(calibration.smallestRate(new RecordRate(0.01, 8))).isEqualTo(0.25);
    assertThat(calibration.smallestRate(new RecordRate(0.01))).isEqualTo(0.1);
    assertThatThrownBy(() -> calibration.borderPValue(new RecordRate(0.01, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "its calibration is of means over 8 records, alert.smooth is 4: run 'nelbo"
                + " recalibrate', or train again, or set it so");
    assertThatThrownBy(() -> together.borderPValue(new RecordRate(0.01, 4)))
        .hasMessage(
            "its calibration is of single records, alert.smooth is 4: run 'nelbo recalibrate', or"
                + " train again, or set alert.smooth: 1");
    assertThatThrownBy(() -> new RecordRate(0.01, 513))
        .hasMessage("smooth must lie in 1..512, got 513");
    assertThatThrownBy(() -> new SmoothedCalibration(1, 5, 2, means, together))
        .hasMessage("records must lie in 2..512, got 1");
  }
}
