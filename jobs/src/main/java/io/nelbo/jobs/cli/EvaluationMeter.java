package io.nelbo.jobs.cli;

import io.nelbo.jobs.evaluate.Evaluation;
import io.nelbo.jobs.evaluate.Failure;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far an evaluation is: a bar on a terminal, a line per set elsewhere. */
final class EvaluationMeter implements Evaluation.Listener, AutoCloseable {
  private final PrintWriter err;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int sets;
  private int done;

  EvaluationMeter(PrintWriter err, boolean bars) {
    this.err = err;
    this.terminal = bars && Terminal.isInteractive();
  }

  @Override
  public void onStart(int all, int finished) {
    sets = all;
    done = finished;
    if (finished > 0) {
      err.printf("%d of %d sets are there from an earlier run%n", finished, all);
      err.flush();
    }
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("sets")
              .setInitialMax(all)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
      bar.stepTo(finished);
    }
  }

  @Override
  public void onSet(String set, List<Failure> failures) {
    done++;
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(" " + set);
      return;
    }
    err.printf("%d of %d: %s%n", done, sets, set);
    failures.forEach(one -> err.printf("  failed: %s: %s%n", one.part(), one.reason()));
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
