package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.BatchScoring;
import io.nelbo.jobs.serve.Verdicts;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.jobs.stream.Scored.Status;
import io.nelbo.model.detect.Detections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has a batch of records scored and says of each what travels on, in input order. */
final class RecordScoring {
  private final BatchScoring scoring;
  private final LatentSample latent;

  RecordScoring(BatchScoring scoring, LatentSample latent) {
    this.scoring = scoring;
    this.latent = latent;
  }

  void score(MicroBatch batch, Consumer<Scored> results) throws InterruptedException {
    scoring.score(
        batch.rows(),
        verdicts -> {
          for (int i = 0; i < batch.size(); i++) {
            results.accept(result(batch, i, verdicts));
          }
        });
  }

  private Scored result(MicroBatch batch, int index, Verdicts verdicts) {
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
        detections.smoothedPValue(row));
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
