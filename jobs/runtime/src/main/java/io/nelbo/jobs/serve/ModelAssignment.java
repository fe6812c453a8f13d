package io.nelbo.jobs.serve;

import io.nelbo.jobs.serve.DetectorPool.Outcome;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which detector scores which row of a batch: the one that governs its event time or, where that
 * cannot be had in time, the best of those before it.
 */
final class ModelAssignment {
  /** How many models a batch waits for after the governing one; of the rest, what is ready. */
  private static final int STAND_INS = 2;

  /**
   * The model of a row, if any, the activation by which it scores, and whether a better one has not
   * loaded in time.
   */
  record Choice(@Nullable ModelShare share, @Nullable ModelNotice notice, boolean overdue) {
    static final Choice NO_MODEL = new Choice(null, null, false);
  }

  private final ModelTimeline timeline;
  private final DetectorPool pool;
  private final List<WindowBatch> spares = new ArrayList<>();

  ModelAssignment(ModelTimeline timeline, DetectorPool pool) {
    this.timeline = timeline;
    this.pool = pool;
  }

  /**
   * Chooses models and gives each the windows of its rows.
   *
   * @param choices receives the choice of each row
   * @param rows receives where each row lies in its model's share
   */
  List<ModelShare> assign(RowBatch batch, Choice[] choices, int[] rows)
      throws InterruptedException {
    List<ModelShare> distinct = choose(batch, choices);
    if (distinct.size() == 1 && covers(batch, choices)) {
      distinct.get(0).takeAll(batch.windows());
      for (int i = 0; i < rows.length; i++) {
        rows[i] = batch.windowRow(i);
      }
    } else {
      copyRows(batch, choices, rows);
    }
    return distinct;
  }

  @SuppressWarnings("ReferenceEquality") // the timeline hands out one object per activation
  private List<ModelShare> choose(RowBatch batch, Choice[] choices) throws InterruptedException {
    List<ModelShare> distinct = new ArrayList<>(1);
    ModelNotice lastNotice = null;
    Choice last = Choice.NO_MODEL;
    for (int i = 0; i < batch.size(); i++) {
      choices[i] = Choice.NO_MODEL;
      if (!batch.hasWindow(i)) {
        continue;
      }
      long time = batch.eventTimeMillis(i);
      ModelNotice notice = timeline.governing(time).orElse(null);
      if (notice == null) {
        continue;
      }
      if (notice != lastNotice || last.overdue()) { // who stands in depends on the time
        last = choose(notice, time, distinct, batch.windows());
        // A refusal changes who governs.
        lastNotice = timeline.governing(time).orElse(null);
      }
      choices[i] = last;
    }
    return distinct;
  }

  private Choice choose(
      ModelNotice governing, long time, List<ModelShare> distinct, WindowBatch shape)
      throws InterruptedException {
    Optional<ModelNotice> next = Optional.of(governing);
    int late = 0;
    while (next.isPresent()) {
      ModelNotice notice = next.get();
      Outcome outcome = pool.acquire(notice);
      if (outcome instanceof Outcome.Ready ready) {
        return new Choice(share(notice, ready.detector(), distinct, shape), notice, late > 0);
      }
      if (outcome instanceof Outcome.Refused) {
        timeline.refuse(notice);
      } else {
        late++;
      }
      boolean patient = late <= STAND_INS;
      next =
          timeline.governing(
              time, other -> other.offset() < notice.offset() && (patient || pool.isReady(other)));
    }
    return new Choice(null, null, late > 0);
  }

  @SuppressWarnings("ReferenceEquality") // the pool opens an artifact once
  private ModelShare share(
      ModelNotice notice, Detector detector, List<ModelShare> distinct, WindowBatch shape) {
    for (ModelShare known : distinct) {
      if (known.detector() == detector) {
        return known;
      }
    }
    if (spares.size() == distinct.size()) {
      spares.add(new WindowBatch(shape.capacity(), shape.windowLength(), shape.columns()));
    }
    ModelShare share = new ModelShare(notice, detector, spares.get(distinct.size()));
    distinct.add(share);
    return share;
  }

  private static boolean covers(RowBatch batch, Choice[] choices) {
    for (int i = 0; i < choices.length; i++) {
      if (batch.hasWindow(i) && choices[i].share() == null) {
        return false;
      }
    }
    return true;
  }

  private static void copyRows(RowBatch batch, Choice[] choices, int[] rows) {
    for (Choice choice : choices) {
      ModelShare share = choice.share();
      if (share != null) {
        share.clear();
      }
    }
    for (int i = 0; i < choices.length; i++) {
      ModelShare share = choices[i].share();
      if (share != null) {
        rows[i] = share.take(batch.windows(), batch.windowRow(i), batch.series(i));
      }
    }
  }
}
