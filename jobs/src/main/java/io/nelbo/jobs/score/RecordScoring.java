package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.BatchScoring;
import io.nelbo.jobs.serve.Verdicts;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.jobs.stream.Scored.Status;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.window.SlidingWindow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers released records into a batch, has it scored when it is full or old, and says of each
 * record, in input order, what travels on.
 */
final class RecordScoring {
  private final MicroBatch batch;
  private final BatchScoring scoring;
  private final LatentSample latent;
  private final Consumer<Scored> results;

  RecordScoring(
      MicroBatch batch, BatchScoring scoring, LatentSample latent, Consumer<Scored> results) {
    this.batch = batch;
    this.scoring = scoring;
    this.latent = latent;
    this.results = results;
  }

  /** Adds a record whose series' window ends with it. */
  void add(Observed record, SlidingWindow window) throws InterruptedException {
    batch.add(record, window);
    if (batch.isFull()) {
      flush();
    }
  }

  void flushIfOld() throws InterruptedException {
    if (batch.isOld()) {
      flush();
    }
  }

  /** Scores what has been gathered, if anything. */
  void flush() throws InterruptedException {
    if (batch.size() == 0) {
      return;
    }
    scoring.score(
        batch.rows(),
        verdicts -> {
          for (int i = 0; i < batch.size(); i++) {
            results.accept(result(i, verdicts));
          }
        });
    batch.clear();
  }

  private Scored result(int index, Verdicts verdicts) {
    Observed record = batch.record(index);
    long windowStart = batch.windowStart(index);
    if (!batch.rows().hasWindow(index)) {
      return Scored.unscored(record, windowStart, Status.WINDOW_INCOMPLETE, false);
    }
    boolean overdue = verdicts.overdue(index);
    if (verdicts.model(index).isEmpty()) {
      return Scored.unscored(record, windowStart, Status.NO_MODEL, overdue);
    }
    Detections detections = verdicts.detections(index);
    int row = verdicts.row(index);
    if (!detections.observed(row)) {
      return Scored.unscored(record, windowStart, Status.TOO_FEW_OBSERVED, overdue);
    }
    return new Scored(
        record.series(),
        record.eventTimeMillis(),
        windowStart,
        record.partition(),
        record.offset(),
        record.label(),
        Status.SCORED,
        detections.score(row),
        detections.pValue(row),
        detections.reconstruction(row),
        detections.klDivergence(row),
        verdicts.borderPValue(index),
        verdicts.model(index).orElse(null),
        detections.cold(row),
        overdue,
        blame(verdicts, index, record),
        latent(verdicts, index, record),
        detections.smoothedScore(row),
        detections.smoothedPValue(row),
        detections.pExtrapolated(row));
  }

  private float @Nullable [] latent(Verdicts verdicts, int index, Observed record) {
    boolean anomalous = verdicts.detections(index).anomalous(verdicts.row(index));
    return latent.wants(record, anomalous) ? verdicts.latentMean(index) : null;
  }

  private static @Nullable Blame blame(Verdicts verdicts, int index, Observed record) {
    return verdicts
        .explanation(index)
        .map(worst -> Blame.of(worst, verdicts.featureNames(index), record.features()))
        .orElse(null);
  }
}
