package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.cli.Terminal;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a training is: a bar on a terminal, a plain line now and then elsewhere. */
final class TrainingMeter implements TrainingListener, AutoCloseable {
  private static final int LINES = 10;

  private final PrintWriter err;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int linesWritten;

  private TrainingMeter(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /**
   * @param bars whether a bar is wanted at all where there is a terminal
   */
  static TrainingMeter on(PrintWriter err, boolean bars) {
    return new TrainingMeter(err, bars && Terminal.isInteractive());
  }

  @Override
  public boolean onProgress(TrainingProgress progress) {
    if (terminal) {
      ProgressBar shown = bar == null ? open(progress.steps()) : bar;
      shown.stepTo(progress.step());
      shown.setExtraMessage(heldOut(progress));
    } else if (progress.step() * (long) LINES >= (linesWritten + 1L) * progress.steps()) {
      linesWritten++;
      err.printf(
          Locale.ROOT,
          "step %d of %d, loss %.3f%s%n",
          progress.step(),
          progress.steps(),
          progress.trainingLoss(),
          heldOut(progress));
      err.flush();
    }
    return true;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private ProgressBar open(int steps) {
    ProgressBar opened =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .build();
    bar = opened;
    return opened;
  }

  private static String heldOut(TrainingProgress progress) {
    double figure = progress.heldOutNegativeElbo();
    return Double.isNaN(figure)
        ? ""
        : String.format(Locale.ROOT, ", held out %.3f (scaled nats)", figure);
  }
}
