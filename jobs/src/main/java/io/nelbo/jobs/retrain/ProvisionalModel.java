package io.nelbo.jobs.retrain;

import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.Calibration;
import java.util.Locale;
import java.util.Optional;

/** A model whose calibration rows are too few for the false-alarm rate that was asked for. */
public final class ProvisionalModel {
  /** A rate that reads like the asked one is not worth a word. */
  private static final double BARELY_MORE = 1.05;

  /** Below this share of the records it is not their number that is wanting. */
  private static final double WORTH_LITTLE = 0.2;

  private ProvisionalModel() {}

  /** Whether it is one: it scores, at a rarer rate than the asked one. */
  public static boolean isIt(Calibration calibration, AlarmBudget budget) {
    return calibration.refusal(budget).isEmpty() && remark(calibration, budget).isPresent();
  }

  /** Says which rate it keeps to instead, or that it keeps to none; empty when all is well. */
  public static Optional<String> remark(Calibration calibration, AlarmBudget budget) {
    Optional<String> refusal = calibration.refusal(budget);
    if (refusal.isPresent()) {
      return refusal.map(reason -> "refused by the score job: " + reason);
    }
    double smallest = calibration.smallestRate(budget);
    if (budget instanceof EpisodeRate asked) {
      return smallest <= asked.perSeriesDay()
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "provisional: its calibration watched %.2g series-days and supports %.2g false"
                      + " alarms per series and day, not the %.2g of"
                      + " alert.false-alarms-per-series-day: train on a longer stretch",
                  1 / smallest,
                  smallest,
                  asked.perSeriesDay()));
    }
    double askedRate = ((RecordRate) budget).rate();
    return smallest <= BARELY_MORE * askedRate
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "provisional: its calibration supports a false-alarm rate of %.2g, not the %.2g of"
                    + " alert.false-alarm-rate: %s",
                smallest,
                askedRate,
                advice(calibration)));
  }

  /** What would help: more of the same does not, where it is all alike. */
  private static String advice(Calibration calibration) {
    double[] statistics = calibration.table().statistics();
    long sample = calibration.table().sample();
    double effective = calibration.table().effectiveSample();
    if (statistics[0] == statistics[statistics.length - 1]) {
      return String.format(
          "all %d held-out records score the same, their values never change; more of them do not"
              + " help, train on a stretch in which they do",
          sample);
    }
    if (effective < WORTH_LITTLE * sample) {
      return String.format(
          Locale.ROOT,
          "its %d held-out records are worth %.0f independent ones, for the strangest are equal or"
              + " come in runs; train on a longer stretch",
          sample,
          effective);
    }
    return "train on more records";
  }
}
