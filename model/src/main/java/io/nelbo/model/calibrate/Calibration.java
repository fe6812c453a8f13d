package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a statistic into the share of normal windows that would look at least as strange; fitted to
 * held-out normal windows, immutable, thread-safe.
 *
 * <p>Above the j-th largest of n held-out values and up to the next larger one, a record of the
 * same kind has the conformal p-value {@code (j - u) / (n + 1)}, u uniform in [0, 1] (smoothed, so
 * that it is uniform: Vovk, Gammerman and Shafer 2005, 2.2). Here u is not drawn but says how far
 * log p has come on a straight line: p is {@code j / (n + 1)} at the j-th largest, and for
 * exchangeable data the border of {@code a = j / (n + 1)} is crossed with that probability exactly.
 * Beyond the largest held-out value a generalised-Pareto tail continues from 1 / (n + 1), which
 * falls strictly for ever, so that the worst stay ranked. At and below the smallest held-out value
 * p is 1.
 */
public final class Calibration {
  /** The largest border: above it more than half of the normal records would alarm. */
  private static final double LARGEST_BORDER = 0.5;

  private static final String REMEDY = ": run 'nelbo recalibrate', or train again";

  private final CalibrationTable table;
  private final @Nullable EpisodeRates episodes;
  private final @Nullable SmoothedCalibration smoothed;
  private final @Nullable ChannelCalibrations channels;
  private final double[] logPValues;
  private final GeneralisedPareto tail;
  private final double logSurvivalAtLargest;

  private Calibration(
      CalibrationTable table,
      @Nullable EpisodeRates episodes,
      @Nullable SmoothedCalibration smoothed,
      @Nullable ChannelCalibrations channels) {
    this.table = table;
    this.channels = channels;
    this.episodes = episodes;
    this.smoothed = smoothed;
    this.tail = new GeneralisedPareto(table.tailShape(), table.tailScale());
    this.logPValues = new double[table.statistics().length];
    for (int knot = 0; knot < logPValues.length; knot++) {
      logPValues[knot] = Math.log(table.atLeast()[knot] / (table.sample() + 1.0));
    }
    this.logSurvivalAtLargest = tail.logSurvival(table.largest() - table.tailThreshold());
    requireArgument(
        Double.isFinite(logSurvivalAtLargest),
        "the tail gives the largest statistic %s the log survival %s, expected a finite number",
        table.largest(),
        logSurvivalAtLargest);
  }

  public static Calibration of(CalibrationTable table) {
    return new Calibration(table, null, null, null);
  }

  /**
   * Fits to held-out statistics.
   *
   * @param heldOutStatistics of normal windows that neither fitting nor stopping has seen, in nats,
   *     in any order, at least one
   * @param effectiveSample how many independent ones they are worth, in [1, n]
   * @throws IllegalArgumentException when a statistic is not finite
   */
  public static Calibration fit(double[] heldOutStatistics, double effectiveSample) {
    return of(CalibrationFit.fit(heldOutStatistics, effectiveSample));
  }

  /** The same, which also knows how often a series opens an episode. */
  public Calibration withEpisodes(EpisodeRates rates) {
    return new Calibration(table, rates, smoothed, channels);
  }

  /** The same, which also knows what becomes of records that follow each other. */
  public Calibration withSmoothed(SmoothedCalibration together) {
    return new Calibration(table, episodes, together, channels);
  }

  /** The same, whose statistic is what these channels say together. */
  public Calibration withChannels(ChannelCalibrations each) {
    return new Calibration(table, episodes, smoothed, each);
  }

  /** Share of normal windows at least as strange, in [0, 1]; underflows to 0 far out. */
  public double pValue(double statistic) {
    return Math.exp(logPValue(statistic));
  }

  /**
   * Natural logarithm of the p-value, at most 0; falls strictly above the smallest held-out value.
   *
   * @throws IllegalArgumentException when the statistic is not a number
   */
  public double logPValue(double statistic) {
    requireArgument(!Double.isNaN(statistic), "statistic must be a number, got %s", statistic);
    double[] statistics = table.statistics();
    if (statistic <= statistics[0]) {
      return 0;
    }
    if (statistic > table.largest()) {
      double beyond = tail.logSurvival(statistic - table.tailThreshold()) - logSurvivalAtLargest;
      return Math.log(1 / (table.sample() + 1.0)) + beyond;
    }
    int found = Arrays.binarySearch(statistics, statistic);
    if (found >= 0) {
      return logPValues[found];
    }
    int above = -found - 1;
    double share =
        (statistic - statistics[above - 1]) / (statistics[above] - statistics[above - 1]);
    return logPValues[above - 1] + share * (logPValues[above] - logPValues[above - 1]);
  }

  /**
   * The smallest statistic of this p-value, in nats.
   *
   * @param pValue in (0, 1]
   */
  public double statistic(double pValue) {
    requireArgument(pValue > 0 && pValue <= 1, "pValue must lie in (0, 1], got %s", pValue);
    double[] statistics = table.statistics();
    double wanted = Math.log(pValue);
    int last = statistics.length - 1;
    double logAtLargest = last == 0 ? 0 : logPValues[last];
    if (wanted < logAtLargest) {
      double beyond = wanted - Math.log(1 / (table.sample() + 1.0)) + logSurvivalAtLargest;
      return Math.max(
          table.largest(), table.tailThreshold() + tail.exceedance(Math.min(0, beyond)));
    }
    int above = last;
    while (above > 0 && logPValues[above - 1] <= wanted) {
      above--;
    }
    if (above == 0 || wanted == logPValues[above]) {
      return statistics[above];
    }
    double share = (wanted - logPValues[above - 1]) / (logPValues[above] - logPValues[above - 1]);
    return statistics[above - 1] + share * (statistics[above] - statistics[above - 1]);
  }

  /** Whether the statistic lies beyond all held-out data, so that its p-value is the tail's. */
  public boolean extrapolated(double statistic) {
    return statistic > table.largest();
  }

  /**
   * The smallest false-alarm rate that the sample can support: {@code 1 / (effectiveSample + 1)}.
   *
   * <p>A window stranger than all m independent held-out ones has a p-value below 1 / (m + 1); any
   * smaller border rests on the shape of the tail alone, which no record has tested.
   */
  public double smallestRate() {
    return 1 / (table.effectiveSample() + 1);
  }

  /**
   * The p-value at which to alert: the asked rate, or the smallest one supported if larger. Of a
   * handful of records that would be a rate that nobody can use; they say more by their spread than
   * by their largest, so there it is the asked rate by the tail of a {@link PredictionBound}.
   */
  public double borderPValue(double askedRate) {
    requireArgument(
        askedRate > 0 && askedRate < 1, "askedRate must lie in (0, 1), got %s", askedRate);
    return askedRate < smallestRate() && isOfFew()
        ? Math.min(askedRate, pValue(Math.nextUp(table.largest())))
        : Math.max(askedRate, smallestRate());
  }

  /**
   * {@code -log p} of a record and of the mean over it and those before it, each by itself.
   *
   * @param statistic of the record, in nats
   * @param mean see {@link RecentScores}
   * @throws java.util.NoSuchElementException when no means were calibrated
   */
  public double[] surprises(double statistic, double mean) {
    return new double[] {-logPValue(statistic), -smoothed().orElseThrow().means().logPValue(mean)};
  }

  /**
   * Whose border the budget is laid over: this, or that of record and mean together if both alarm.
   *
   * @throws IllegalArgumentException when there is a {@link #refusal(AlarmBudget)}
   */
  public Calibration alerting(AlarmBudget budget) {
    Optional<String> refusal = refusal(budget);
    requireArgument(refusal.isEmpty(), "%s", refusal.orElse(""));
    return smoothed != null && budget.smooth() > 1 ? smoothed.together() : this;
  }

  /** Why this calibration cannot turn the budget into a border; empty when it can. */
  public Optional<String> refusal(AlarmBudget budget) {
    int smooth = budget.smooth();
    if (smooth == 1) {
      return episodesRefusal(budget);
    }
    if (smoothed == null || smoothed.records() != smooth) {
      return Optional.of(
          (smoothed == null
                  ? "its calibration is of single records"
                  : "its calibration is of means over " + smoothed.records() + " records")
              + (", alert.smooth is " + smooth + REMEDY)
              + (smoothed == null ? ", or set alert.smooth: 1" : ", or set it so"));
    }
    return smoothed.together().episodesRefusal(budget);
  }

  private Optional<String> episodesRefusal(AlarmBudget budget) {
    if (!(budget instanceof EpisodeRate asked)) {
      return Optional.empty();
    }
    if (episodes == null) {
      return Optional.of("its calibration counts no episodes" + REMEDY);
    }
    long counted = episodes.table().gapMillis();
    if (counted > asked.gapMillis()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "its calibration joined anomalies up to %s s apart into one episode, now it is %s s:"
                  + " there would be more episodes than asked for; run 'nelbo recalibrate', or"
                  + " train again",
              counted / 1000.0,
              asked.gapMillis() / 1000.0));
    }
    return Optional.empty();
  }

  /**
   * The p-value at which to alert: for the asked rate, or for the smallest one supported if larger.
   *
   * @throws IllegalArgumentException when there is a {@link #refusal(AlarmBudget)}
   */
  public double borderPValue(AlarmBudget budget) {
    Calibration alerting = alerting(budget);
    if (budget instanceof EpisodeRate asked) {
      double border = alerting.pValue(alerting.counted().border(asked.perSeriesDay()));
      return Math.max(Double.MIN_NORMAL, Math.min(LARGEST_BORDER, border));
    }
    double asked = ((RecordRate) budget).rate();
    boolean either = alerting != this && asked < alerting.smallestRate();
    return either ? alerting.borderOfEither(asked) : alerting.borderPValue(asked);
  }

  /**
   * Of the larger surprise of two, without knowing how they go together: each gets half the rate.
   */
  private double borderOfEither(double askedRate) {
    double border = -Math.log(askedRate / 2);
    return Math.max(Double.MIN_NORMAL, Math.min(LARGEST_BORDER, pValue(border)));
  }

  /**
   * The smallest rate that the held-out records support, in the unit of the budget.
   *
   * @throws IllegalArgumentException when there is a {@link #refusal(AlarmBudget)}
   */
  public double smallestRate(AlarmBudget budget) {
    Calibration alerting = alerting(budget);
    return budget instanceof EpisodeRate
        ? alerting.counted().smallestPerSeriesDay()
        : alerting.smallestRate();
  }

  /** How often a series opens an episode; empty in artifacts that were made without. */
  public Optional<EpisodeRates> episodes() {
    return Optional.ofNullable(episodes);
  }

  /** What the means of several records are compared with; empty when none were calibrated. */
  public Optional<SmoothedCalibration> smoothed() {
    return Optional.ofNullable(smoothed);
  }

  /** What makes the statistic of several figures; empty where one figure is the statistic. */
  public Optional<ChannelCalibrations> channels() {
    return Optional.ofNullable(channels);
  }

  public CalibrationTable table() {
    return table;
  }

  private EpisodeRates counted() {
    return episodes().orElseThrow();
  }

  /** Whether a prediction bound takes the place of a quantile. */
  private boolean isOfFew() {
    return table.effectiveSample() < PredictionBound.FEW;
  }
}
