package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.BatchScoring;
import io.nelbo.jobs.serve.Verdicts;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.Judgement;
import io.nelbo.jobs.stream.Judgement.Nats;
import io.nelbo.jobs.stream.Judgement.Rank;
import io.nelbo.jobs.stream.Judgement.Smoothed;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.stream.ScoredRecord.Status;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.window.SlidingWindow;
import java.util.Optional;
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
  private final Consumer<ScoredRecord> results;

  RecordScoring(
      MicroBatch batch, BatchScoring scoring, LatentSample latent, Consumer<ScoredRecord> results) {
    this.batch = batch;
    this.scoring = scoring;
    this.latent = latent;
    this.results = results;
  }

  /** Adds a record whose series' window ends with it. */
  void add(Observation record, SlidingWindow window) throws InterruptedException {
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

  private ScoredRecord result(int index, Verdicts verdicts) {
    Observation record = batch.record(index);
    long windowStart = batch.windowStart(index);
    if (!batch.rows().hasWindow(index)) {
      return ScoredRecord.unscored(record, windowStart, Status.WINDOW_INCOMPLETE, false);
    }
    boolean overdue = verdicts.overdue(index);
    Optional<ModelNotice> model = verdicts.model(index);
    if (model.isEmpty()) {
      return ScoredRecord.unscored(record, windowStart, Status.NO_MODEL, overdue);
    }
    Detections detections = verdicts.detections(index);
    int row = verdicts.row(index);
    if (!detections.observed(row)) {
      return ScoredRecord.unscored(record, windowStart, Status.TOO_FEW_OBSERVED, overdue);
    }
    Judgement judgement =
        new Judgement(
            model.get(),
            detections.cold(row),
            new Nats(
                detections.reconstruction(row),
                detections.klDivergence(row),
                detections.expectedLoss(row)),
            new Rank(
                detections.score(row),
                detections.pValue(row),
                detections.pExtrapolated(row),
                verdicts.borderPValue(index)),
            smoothed(detections, row),
            blame(verdicts, index, record),
            verdicts.frame(index).orElse(null),
            latent(verdicts, index, record));
    return ScoredRecord.scored(record, windowStart, overdue, judgement);
  }

  private static @Nullable Smoothed smoothed(Detections detections, int row) {
    double score = detections.smoothedScore(row);
    return Double.isNaN(score)
        ? null
        : new Smoothed(
            score,
            detections.smoothedPValue(row),
            detections.statistic(row),
            detections.mean(row),
            detections.meanPValue(row));
  }

  private float @Nullable [] latent(Verdicts verdicts, int index, Observation record) {
    boolean anomalous = verdicts.detections(index).anomalous(verdicts.row(index));
    return latent.wants(record, anomalous) ? verdicts.latentMean(index) : null;
  }

  private static @Nullable Blame blame(Verdicts verdicts, int index, Observation record) {
    return verdicts
        .explanation(index)
        .map(worst -> Blame.of(worst, verdicts.featureNames(index), record.features()))
        .orElse(null);
  }
}
