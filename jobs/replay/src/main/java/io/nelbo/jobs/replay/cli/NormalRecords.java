package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;

/** Gathers the records that count as normal, and counts what it leaves out. */
final class NormalRecords {
  private static final int ANOMALOUS = 1;

  private final SpanBuilder span;
  private long anomalous;
  private long refused;
  private String firstRefusal = "";

  NormalRecords(NelboConfig config) {
    span = new SpanBuilder(config.columns(), config.series().maxGap().toMillis());
  }

  /**
   * Takes a record unless it is labelled anomalous: that is no example of the normal.
   *
   * @param values one per column, NaN where not observed; not copied
   * @param label 1 anomalous, 0 normal, -1 unknown
   */
  void add(String series, long eventTimeMillis, float[] values, int label) {
    if (label == ANOMALOUS) {
      anomalous++;
      return;
    }
    span.add(series, eventTimeMillis, values);
  }

  /** Counts a record that the jobs would make a dead letter, for the reason that they would say. */
  void refuse(String reason) {
    if (refused++ == 0) {
      firstRefusal = reason;
    }
  }

  /**
   * What was taken.
   *
   * @throws IOException when that is nothing
   */
  TrainingSpan span() throws IOException {
    try {
      return span.build();
    } catch (IllegalStateException empty) {
      throw new IOException("there is no normal record; " + leftOut(), empty);
    }
  }

  /** How many were not taken, and why. */
  String leftOut() {
    return "left out: %,d with an anomalous label, %,d that cannot be used%s"
        .formatted(anomalous, refused, refused == 0 ? "" : ", the first because " + firstRefusal);
  }
}
