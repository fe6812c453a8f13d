package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.cli.Terminal;
import io.nelbo.jobs.replay.ReplayRun;
import io.nelbo.model.fit.TrainingProgress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a replay is: a bar on a terminal, a line now and then elsewhere. */
final class ReplayMeter implements ReplayRun.Listener, AutoCloseable {
  private static final int LINES = 10;

  private final PrintWriter err;
  private final TrainingMeter training;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int linesWritten;

  ReplayMeter(PrintWriter err, boolean bars) {
    this.err = err;
    this.training = TrainingMeter.on(err, bars);
    this.terminal = bars && Terminal.isInteractive();
  }

  @Override
  public boolean onProgress(TrainingProgress progress) {
    return training.onProgress(progress);
  }

  @Override
  public void onRead(long read, long all) {
    long known = Math.min(read, all); // a topic's offsets count what is no record, too
    if (terminal) {
      ProgressBar shown = bar == null ? open(all) : bar;
      shown.stepTo(known);
    } else if (known * LINES >= (linesWritten + 1L) * all) {
      linesWritten = (int) (known * LINES / all);
      err.printf("%,d of %,d records%n", known, all);
      err.flush();
    }
  }

  private ProgressBar open(long all) {
    training.close();
    ProgressBar opened =
        new ProgressBarBuilder()
            .setTaskName("records")
            .setInitialMax(all)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .showSpeed()
            .build();
    bar = opened;
    return opened;
  }

  @Override
  public void close() {
    training.close();
    if (bar != null) {
      bar.close();
    }
  }
}
