package io.nelbo.jobs.evaluate.metrics;

import io.nelbo.jobs.replay.metrics.Ratios;
import io.nelbo.jobs.replay.metrics.RowRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The Numenta Anomaly Benchmark's score of a corpus (Lavin and Ahmad 2015, ICMLA; rules and
 * constants as in version 1.1 of the benchmark).
 *
 * <p>With {@code s(y) = 2 / (1 + exp(5 y)) - 1}: an alarm in a window of w rows, k rows before its
 * end, is worth {@code s(-(k + 1) / w) / s(-1)}, and only a window's best alarm counts; an alarm d
 * rows after a window of w rows costs {@code -s(d / (w - 1))} times the weight, all of it from
 * {@code d = 3 (w - 1)} on or before the first window; a missed window costs its weight. One
 * threshold for all series, the one that serves best; {@code 100 (raw - null) / (perfect - null)}.
 *
 * @param normalised 0 for a detector that never alarms, 100 for a perfect one; may be negative
 * @param raw weighted sum
 * @param threshold a row alarms when its score is at least this; infinite when never is best
 * @param windowsFound at the threshold
 * @param windows in all
 * @param falseAlarms rows that alarm outside of all windows, at the threshold
 */
public record NabScore(
    double normalised,
    double raw,
    double threshold,
    int windowsFound,
    int windows,
    long falseAlarms) {
  private static final int OUTSIDE = -1;
  private static final double FAR = 3;

  /** A scored row: what an alarm there is worth. */
  private record Row(double score, int window, double worth) {}

  /** At the threshold that serves this profile best, chosen with the labels in hand. */
  public static NabScore best(List<NabSeries> corpus, NabProfile profile) {
    return sweep(corpus, profile, Double.NEGATIVE_INFINITY, true);
  }

  /** At a threshold that was chosen without the labels. */
  public static NabScore at(List<NabSeries> corpus, NabProfile profile, double threshold) {
    NabScore score = sweep(corpus, profile, threshold, false);
    return new NabScore(
        score.normalised(),
        score.raw(),
        threshold,
        score.windowsFound(),
        score.windows(),
        score.falseAlarms());
  }

  private static NabScore sweep(
      List<NabSeries> corpus, NabProfile profile, double lowest, boolean keepBest) {
    List<Row> rows = new ArrayList<>();
    int windows = 0;
    for (NabSeries series : corpus) {
      addRows(series, windows, profile, rows);
      windows += series.windows().size();
    }
    rows.sort(Comparator.comparingDouble(row -> -row.score()));
    Tally tally = new Tally(rows, windows, profile);
    NabScore best = tally.at(Double.POSITIVE_INFINITY);
    for (int next = 0; next < rows.size() && rows.get(next).score() >= lowest; ) {
      double threshold = rows.get(next).score();
      while (next < rows.size() && rows.get(next).score() == threshold) {
        tally.alarm(rows.get(next++));
      }
      NabScore score = tally.at(threshold);
      best = keepBest && best.raw() >= score.raw() ? best : score;
    }
    return best;
  }

  private static void addRows(
      NabSeries series, int firstWindow, NabProfile profile, List<Row> rows) {
    double[] scores = series.scores();
    int next = 0;
    for (int row = 0; row < scores.length; row++) {
      while (next < series.windows().size() && series.windows().get(next).last() < row) {
        next++;
      }
      boolean inside = next < series.windows().size() && series.windows().get(next).first() <= row;
      if (row < series.probation()) {
        continue;
      }
      if (inside) {
        RowRange window = series.windows().get(next);
        double position = -(window.last() - row + 1) / (double) window.length();
        double worth = profile.truePositive() * sigmoid(position) / sigmoid(-1);
        rows.add(new Row(scores[row], firstWindow + next, worth));
      } else {
        double position = next == 0 ? FAR : distanceAfter(series.windows().get(next - 1), row);
        rows.add(new Row(scores[row], OUTSIDE, profile.falsePositive() * sigmoid(position)));
      }
    }
  }

  private static double distanceAfter(RowRange window, int row) {
    return window.length() == 1 ? FAR : (row - window.last()) / (window.length() - 1.0);
  }

  private static double sigmoid(double position) {
    return position >= FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
  }

  /** The sum as the threshold falls and row after row alarms. */
  private static final class Tally {
    private final NabProfile profile;
    private final double[] windowWorth;
    private final boolean[] found;
    private final double silent;
    private double raw;
    private int windowsFound;
    private long falseAlarms;

    Tally(List<Row> rows, int windows, NabProfile profile) {
      this.profile = profile;
      this.windowWorth = new double[windows];
      this.found = new boolean[windows];
      for (Row row : rows) {
        if (row.window() != OUTSIDE) {
          windowWorth[row.window()] = -profile.falseNegative();
        }
      }
      this.silent = Arrays.stream(windowWorth).sum();
      this.raw = silent;
    }

    void alarm(Row row) {
      if (row.window() == OUTSIDE) {
        raw += row.worth();
        falseAlarms++;
        return;
      }
      double better = Math.max(windowWorth[row.window()], row.worth());
      raw += better - windowWorth[row.window()];
      windowWorth[row.window()] = better;
      windowsFound += found[row.window()] ? 0 : 1;
      found[row.window()] = true;
    }

    NabScore at(double threshold) {
      double perfect = profile.truePositive() * windowWorth.length;
      double normalised = 100 * Ratios.ofOrZero(raw - silent, perfect - silent);
      return new NabScore(
          normalised, raw, threshold, windowsFound, windowWorth.length, falseAlarms);
    }
  }
}
