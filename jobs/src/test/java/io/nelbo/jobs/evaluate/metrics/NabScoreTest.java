package io.nelbo.jobs.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.replay.metrics.RowRange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NabScoreTest {
  private static final RowRange WINDOW = new RowRange(50, 69);

  @Test
  void anAlarmAtTheStartOfAWindowIsWorthItAll() {
    NabScore score = NabScore.best(List.of(series(50)), NabProfile.STANDARD);

    assertThat(score.raw()).isCloseTo(1, within(1e-12));
    assertThat(score.normalised()).isCloseTo(100, within(1e-9));
    assertThat(score.windowsFound()).isEqualTo(1);
    assertThat(score.falseAlarms()).isZero();
  }

  @Test
  void anAlarmInTheMiddleIsWorthThePublishedSigmoid() {
    NabScore score = NabScore.at(List.of(series(60)), NabProfile.STANDARD, 1);

    // 2 sigmoid(2.5) - 1 = 0.84828 halfway, scaled by 2 sigmoid(5) - 1 = 0.98661
    assertThat(score.raw()).isCloseTo(0.84828 / 0.98661, within(1e-5));
  }

  @Test
  void onlyTheBestAlarmOfAWindowCounts() {
    NabScore one = NabScore.at(List.of(series(52)), NabProfile.STANDARD, 1);
    NabScore many = NabScore.at(List.of(series(52, 53, 60, 69)), NabProfile.STANDARD, 1);

    assertThat(many.raw()).isEqualTo(one.raw());
  }

  @Test
  void aFalseAlarmCostsLessJustAfterAWindow() {
    double before = NabScore.at(List.of(series(50, 30)), NabProfile.STANDARD, 1).raw();
    double justAfter = NabScore.at(List.of(series(50, 70)), NabProfile.STANDARD, 1).raw();
    double oneWindowAfter = NabScore.at(List.of(series(50, 88)), NabProfile.STANDARD, 1).raw();

    assertThat(before).isCloseTo(1 - 0.11, within(1e-9));
    assertThat(justAfter).isCloseTo(1 - 0.11 * 0.13081, within(1e-5));
    assertThat(oneWindowAfter).isCloseTo(1 - 0.11 * 0.98661, within(1e-5));
  }

  @Test
  void alarmsInProbationAreNotScored() {
    NabScore score = NabScore.at(List.of(series(50, 14)), NabProfile.STANDARD, 1);

    assertThat(score.raw()).isCloseTo(1, within(1e-12));
    assertThat(NabScore.at(List.of(series(50, 15)), NabProfile.STANDARD, 1).falseAlarms())
        .isEqualTo(1);
  }

  @Test
  void aDetectorThatNeverAlarmsScoresZeroAndAConstantOneBelow() {
    List<NabSeries> corpus = List.of(series());

    NabScore silent = NabScore.at(corpus, NabProfile.REWARD_LOW_FALSE_NEGATIVES, 1);
    NabScore loud = NabScore.at(corpus, NabProfile.STANDARD, 0);

    assertThat(silent.raw()).isEqualTo(-2);
    assertThat(silent.normalised()).isZero();
    assertThat(silent.windowsFound()).isZero();
    assertThat(loud.normalised()).isNegative();
    assertThat(loud.falseAlarms()).isEqualTo(65);
  }

  @Test
  void theThresholdThatServesBestIsOneForTheWholeCorpus() {
    double[] first = new double[100];
    first[50] = 0.8;
    double[] second = new double[100];
    second[50] = 0.6;
    second[30] = 0.7;
    List<NabSeries> corpus =
        List.of(new NabSeries(first, List.of(WINDOW)), new NabSeries(second, List.of(WINDOW)));

    NabScore best = NabScore.best(corpus, NabProfile.STANDARD);

    assertThat(best.threshold()).isEqualTo(0.6);
    assertThat(best.raw()).isCloseTo(2 - 0.11, within(1e-9));
    assertThat(best.normalised()).isCloseTo(100 * (2 - 0.11 + 2) / 4, within(1e-9));
  }

  @Test
  void whenEveryAlarmCostsMoreThanItBringsSilenceIsBest() {
    double[] scores = new double[100];
    scores[80] = 1;

    NabScore best = NabScore.best(List.of(new NabSeries(scores, List.of())), NabProfile.STANDARD);

    assertThat(best.threshold()).isInfinite();
    assertThat(best.raw()).isZero();
  }

  @Test
  void probationEndsAtSevenHundredAndFiftyRows() {
    assertThat(new NabSeries(new double[100], List.of()).probation()).isEqualTo(15);
    assertThat(new NabSeries(new double[4033], List.of()).probation()).isEqualTo(604);
    assertThat(new NabSeries(new double[20_000], List.of()).probation()).isEqualTo(750);
  }

  @Test
  void windowsThatOverlapAreRefused() {
    assertThatThrownBy(
            () -> new NabSeries(new double[10], List.of(new RowRange(2, 5), new RowRange(5, 6))))
        .hasMessageStartingWith("windows must ascend, be disjoint and lie in 10 rows");
  }

  /** A hundred rows with one window, alarming with score 1 at these rows. */
  private static NabSeries series(int... alarms) {
    double[] scores = new double[100];
    for (int alarm : alarms) {
      scores[alarm] = 1;
    }
    return new NabSeries(scores, List.of(WINDOW));
  }
}
