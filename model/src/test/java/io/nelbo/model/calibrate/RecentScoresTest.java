package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RecentScoresTest {
  @Test
  void theMeanIsOfTheLastRecordsAndThoseThatAreNotThereYetSurpriseNobody() {
    RecentScores recent = new RecentScores(4);

    assertThat(recent.add(8)).isEqualTo(2);
    assertThat(recent.add(4)).isEqualTo(3);
    assertThat(recent.add(0)).isEqualTo(3);
    assertThat(recent.add(0)).isEqualTo(3);
    assertThat(recent.add(0)).isEqualTo(1);
    assertThat(recent.add(0)).isZero();
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

    for (int i = 0; i < 7; i++) {
      double surprise = random.nextDouble();
      last = young.add(surprise);
      lastOfOld = old.add(surprise);
    }

    assertThat(lastOfOld).isEqualTo(last);
  }

  @Test
  void aGapStartsAgainAndAnEqualStepDoesNot() {
    RecentScores recent = new RecentScores(2);
    recent.arrive(-50, 10);
    recent.add(6);

    recent.arrive(-40, 10);
    assertThat(recent.add(2)).isEqualTo(4);
    recent.arrive(-29, 10);
    assertThat(recent.add(2)).isEqualTo(1);
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

    assertThat(recent.add(2)).isEqualTo(3);
  }

  @Test
  void oneRecordSurprisesNoMoreThanAHundredthOfTheSmallestRate() {
    Calibration calibration = Calibration.fit(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 9);

    assertThat(calibration.smallestRate()).isEqualTo(0.1);
    assertThat(calibration.surprise(1)).isZero();
    assertThat(calibration.surprise(0.1)).isEqualTo(-Math.log(0.1));
    assertThat(calibration.surprise(0)).isCloseTo(Math.log(1000), within(1e-12));
  }

  @Test
  void meansAreCalibratedForOneNumberOfRecords() {
    Calibration ofMeans = Calibration.fit(new double[] {0.5, 1, 1.5, 2}, 3);
    Calibration calibration =
        Calibration.fit(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 9)
            .withSmoothed(new SmoothedCalibration(8, ofMeans));

    assertThat(calibration.alerting(new RecordRate(0.01))).isSameAs(calibration);
    assertThat(calibration.alerting(new RecordRate(0.01, 8))).isSameAs(ofMeans);
    assertThat(calibration.borderPValue(new RecordRate(0.01, 8))).isEqualTo(0.25);
    assertThat(calibration.smallestRate(new RecordRate(0.01, 8))).isEqualTo(0.25);
    assertThat(calibration.smallestRate(new RecordRate(0.01))).isEqualTo(0.1);
    assertThatThrownBy(() -> calibration.borderPValue(new RecordRate(0.01, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "its calibration is of means over 8 records, alert.smooth is 4: run 'nelbo"
                + " recalibrate', or train again");
    assertThatThrownBy(() -> new RecordRate(0.01, 513))
        .hasMessage("smooth must lie in 1..512, got 513");
    assertThatThrownBy(() -> new SmoothedCalibration(1, ofMeans))
        .hasMessage("records must lie in 2..512, got 1");
  }
}
