package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.demo.csv.FedRows.Fed;
import io.nelbo.jobs.retrain.sample.SampleRehearsal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says which of the rows train: the first ones, so many that enough of them can be trained on. */
final class TrainingChoice {
  /** The retrain job accepts no smaller {@code retrain.min-rows}. */
  static final int LEAST_TRAINED = 100;

  private static final Duration NO_SLIDE_ENDS = Duration.ofDays(36_500);
  private static final int ONE_RECORD = 1;

  private final List<List<Fed>> instants;
  private final SampleRehearsal rehearsal;
  private int usable;
  private int trained;
  private int anomalous;
  private int late;
  private int refused;

  /**
   * @param instants rows in the order of feeding
   * @param maxGap the jobs' {@code series.max-gap}
   */
  TrainingChoice(List<List<Fed>> instants, Duration maxGap) {
    this.instants = instants;
    rehearsal = new SampleRehearsal(NO_SLIDE_ENDS, maxGap, ONE_RECORD);
  }

  /**
   * Takes the first {@code least} rows that the jobs do not refuse, or more until {@code
   * leastTrained} of these can be trained on; all rows of an instant fall on one side, at least
   * those of the first one train. Where no instant remains to be scored, the border is empty.
   */
  Chosen choose(int least, int leastTrained) {
    boolean isFirst = true;
    for (List<Fed> instant : instants) {
      long coming = instant.stream().filter(row -> !row.isRefused()).count();
      if (!isFirst && coming > 0 && trained >= leastTrained && usable + coming > least) {
        return new Chosen(Optional.of(instant.get(0).at()), counts(instant.get(0).at()));
      }
      instant.forEach(this::take);
      isFirst &= coming == 0;
    }
    return new Chosen(Optional.empty(), counts(Instant.MAX));
  }

  private TrainingPart counts(Instant border) {
    return new TrainingPart(border, trained, anomalous, late, refused);
  }

  private void take(Fed row) {
    if (row.isRefused()) {
      refused++;
      return;
    }
    usable++;
    int label = row.isAnomalous() ? 1 : -1;
    if (rehearsal.takes(row.reading().series(), row.reading().time().toEpochMilli(), label)) {
      trained++;
    } else if (row.isAnomalous()) {
      anomalous++;
    } else {
      late++;
    }
  }

  /**
   * @param border of the part; empty when all rows are in it
   */
  record Chosen(Optional<Instant> border, TrainingPart part) {}
}
