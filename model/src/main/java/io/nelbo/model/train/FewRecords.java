package io.nelbo.model.train;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Calibrates a model of few records, none of which can be spared: as many models as there are folds
 * are trained beside it, each without a fifth of the records, and each judges the fifth that it has
 * never seen (cross-conformal prediction, Vovk 2015; the calibration is that of all judgements
 * together). They know less than the model that is kept, which makes the calibration careful.
 *
 * <p>The statistic is comparable from one to the other: it is in nats of each one's own scaled
 * space, the same function of a smaller sample.
 */
final class FewRecords {
  /** Spans of fewer records than these are too small for the usual split. */
  static final int BELOW = 80;

  private static final int LEAST_CALIBRATE = 8;

  /** Windows and what they were judged to be. */
  @SuppressWarnings("ArrayRecordComponent") // a figure for each channel, never compared
  private record Judged(int segment, int row, double[] figures) {}

  private final int windowLength;
  private final SortedSpan sorted;
  private final List<Judged> judged = new ArrayList<>();
  private List<String> channels = List.of();
  private double negativeElbos;

  FewRecords(SortedSpan sorted, int windowLength) {
    this.sorted = sorted;
    this.windowLength = windowLength;
  }

  /** Takes what one model says of the windows that were kept from it. */
  void add(HeldOutCalibration.Judged said) {
    Windows heldOut = said.windows();
    negativeElbos += said.negativeElbos();
    channels = said.channels();
    for (int window = 0; window < heldOut.size(); window++) {
      double[] figures = new double[said.figures().length];
      for (int channel = 0; channel < figures.length; channel++) {
        figures[channel] = said.figures()[channel][window];
      }
      judged.add(new Judged(heldOut.segment(window), heldOut.row(window), figures));
    }
  }

  /**
   * What all judged windows together say, in order of series and time.
   *
   * @param span of the model that is kept
   */
  HeldOutCalibration.Calibrated calibrated(ScaledSpan span, AlertRules rules)
      throws TrainingException {
    if (judged.size() < LEAST_CALIBRATE) {
      throw new TrainingException(
          new Shortage(sorted, windowLength)
              .message(judged.size(), BlockSplit.Role.CALIBRATE, LEAST_CALIBRATE));
    }
    List<Judged> ordered = new ArrayList<>(judged);
    ordered.sort(Comparator.comparingInt(Judged::segment).thenComparingInt(Judged::row));
    Windows.Builder windows = new Windows.Builder();
    ordered.forEach(one -> windows.add(one.segment(), one.row()));
    double[][] figures = new double[ordered.get(0).figures().length][];
    for (int channel = 0; channel < figures.length; channel++) {
      int of = channel;
      figures[channel] = ordered.stream().mapToDouble(one -> one.figures()[of]).toArray();
    }
    HeldOutCalibration.Judged all =
        new HeldOutCalibration.Judged(windows.build(), channels, figures, negativeElbos);
    HeldOutCalibration.Judged none =
        new HeldOutCalibration.Judged(Windows.NONE, channels, new double[figures.length][0], 0);
    return HeldOutCalibration.of(span, all, none, rules);
  }

  /** What people should know of it. */
  String warning() {
    return String.format(
        "few records: %s models that each left out a fifth of them calibrate this one by %s"
            + " windows, so that it is provisional for small false-alarm rates",
        BlockSplit.FOLDS, judged.size());
  }
}
