package io.nelbo.jobs.serve;

import io.nelbo.jobs.serve.ModelAssignment.Choice;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.UnusableModelException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Scores one batch, each row with the model that governs its event time, and answers in input order
 * however many models the batch mixes.
 */
public final class BatchScoring {
  private final ModelTimeline timeline;
  private final DetectorPool pool;
  private final ModelAssignment models;
  private final int mostBlamed;
  private final Smoothing smoothing;

  /**
   * @param mostBlamed features that an explanation names at most
   */
  public BatchScoring(
      ModelTimeline timeline, DetectorPool pool, int mostBlamed, Smoothing smoothing) {
    this.timeline = timeline;
    this.pool = pool;
    this.models = new ModelAssignment(timeline, pool);
    this.mostBlamed = mostBlamed;
    this.smoothing = smoothing;
  }

  /**
   * Scores a batch; waits for models that are still loading.
   *
   * @param results told once, before any detector in use may be closed
   */
  public void score(RowBatch batch, Consumer<Verdicts> results) throws InterruptedException {
    Choice[] choices = new Choice[batch.size()];
    int[] rows = new int[batch.size()];
    while (!judged(batch, choices, rows)) {
      // A model was refused: its records go to whichever governs without it.
    }
    smoothing.keep();
    results.accept(new Verdicts(choices, rows));
    pool.noteMoved(Detector::hasMovedToCpu);
    pool.trim();
  }

  /** Scores, smooths and explains; false when a model had to be refused. */
  private boolean judged(RowBatch batch, Choice[] choices, int[] rows) throws InterruptedException {
    List<ModelShare> shares = models.assign(batch, choices, rows);
    if (!eachModel(shares, ModelShare::detect)) {
      return false;
    }
    if (smoothing.isOn()) {
      smooth(batch, choices, rows);
    }
    return eachModel(shares, share -> share.explainAnomalies(mostBlamed));
  }

  /** In input order, for the records of a series may have several models. */
  private void smooth(RowBatch batch, Choice[] choices, int[] rows) {
    smoothing.restart();
    for (int i = 0; i < rows.length; i++) {
      RecentScores recent = smoothing.at(batch.series(i), batch.eventTimeMillis(i));
      ModelShare share = choices[i].share();
      if (share == null) {
        recent.add(0);
      } else {
        share.smooth(rows[i], recent);
      }
    }
  }

  /** Refuses the first model that cannot do it with its records; false if there was one. */
  private boolean eachModel(List<ModelShare> shares, Consumer<ModelShare> work) {
    for (ModelShare share : shares) {
      try {
        work.accept(share);
      } catch (UnusableModelException failed) {
        pool.refuse(share.notice(), failed);
        timeline.refuse(share.notice());
        return false;
      }
    }
    return true;
  }
}
