package io.nelbo.jobs.score;

import io.nelbo.jobs.score.DetectorPool.Outcome;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.jobs.stream.Scored.Status;
import io.nelbo.model.calibrate.RecentSurprise;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.UnusableModelException;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Scores one batch, each record with the model that governs its event time, and hands the results
 * on in input order however many models the batch mixes.
 */
final class BatchScoring {
  private static final Detections NONE = new Detections(0);

  /** How many models a batch waits for after the governing one; of the rest, what is ready. */
  private static final int STAND_INS = 2;

  /**
   * The model of a record, if any, the activation by which it scores, and whether a better one has
   * not loaded in time.
   */
  private record Choice(@Nullable Group group, @Nullable ModelNotice notice, boolean overdue) {
    static final Choice NO_MODEL = new Choice(null, null, false);
  }

  /** One detector's share of the batch; several activations may have the same. */
  private static final class Group {
    private final ModelNotice notice;
    private final Detector detector;
    private WindowBatch windows;
    private Detections detections = NONE;
    private final Map<Integer, List<Attribution>> explanations = new HashMap<>();

    Group(ModelNotice notice, Detector detector, WindowBatch windows) {
      this.notice = notice;
      this.detector = detector;
      this.windows = windows;
    }
  }

  private final ModelTimeline timeline;
  private final DetectorPool pool;
  private final int mostBlamed;
  private final LatentSample latent;
  private final SeriesSmoothing smoothing;
  private final List<WindowBatch> spares = new ArrayList<>();

  BatchScoring(
      ModelTimeline timeline,
      DetectorPool pool,
      int mostBlamed,
      LatentSample latent,
      SeriesSmoothing smoothing) {
    this.timeline = timeline;
    this.pool = pool;
    this.mostBlamed = mostBlamed;
    this.latent = latent;
    this.smoothing = smoothing;
  }

  void score(MicroBatch batch, Consumer<Scored> results) throws InterruptedException {
    Choice[] choices = new Choice[batch.size()];
    int[] rows = new int[batch.size()];
    while (!judged(batch, choices, rows)) {
      // A model was refused: its records go to whichever governs without it.
    }
    smoothing.keep();
    for (int i = 0; i < rows.length; i++) {
      results.accept(result(batch, i, choices[i], rows[i]));
    }
    pool.noteMoved(Detector::hasMovedToCpu);
    pool.trim();
  }

  /** Chooses models and gives each the windows of its records. */
  private List<Group> grouped(MicroBatch batch, Choice[] choices, int[] rows)
      throws InterruptedException {
    List<Group> distinct = assign(batch, choices);
    if (distinct.size() == 1 && covers(batch, choices)) {
      distinct.get(0).windows = batch.windows();
      for (int i = 0; i < rows.length; i++) {
        rows[i] = batch.row(i);
      }
    } else {
      copyRows(batch, choices, rows);
    }
    return distinct;
  }

  /** Scores, smooths and explains; false when a model had to be refused. */
  private boolean judged(MicroBatch batch, Choice[] choices, int[] rows)
      throws InterruptedException {
    List<Group> distinct = grouped(batch, choices, rows);
    if (!eachModel(distinct, group -> group.detections = group.detector.detect(group.windows))) {
      return false;
    }
    if (smoothing.isOn()) {
      smooth(batch, choices, rows);
    }
    return eachModel(distinct, this::explainAnomalies);
  }

  /** In input order, for the records of a series may have several models. */
  private void smooth(MicroBatch batch, Choice[] choices, int[] rows) {
    smoothing.restart();
    for (int i = 0; i < rows.length; i++) {
      RecentSurprise recent = smoothing.at(batch.record(i));
      Group group = choices[i].group();
      if (group == null) {
        recent.add(0);
      } else {
        group.detector.smooth(rows[i], recent);
      }
    }
  }

  /** Refuses the first model that cannot do it with its records; false if there was one. */
  private boolean eachModel(List<Group> distinct, Consumer<Group> work) {
    for (Group group : distinct) {
      try {
        work.accept(group);
      } catch (UnusableModelException failed) {
        pool.refuse(group.notice, failed);
        timeline.refuse(group.notice);
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // the timeline hands out one object per activation
  private List<Group> assign(MicroBatch batch, Choice[] choices) throws InterruptedException {
    List<Group> distinct = new ArrayList<>(1);
    ModelNotice lastNotice = null;
    Choice last = Choice.NO_MODEL;
    for (int i = 0; i < batch.size(); i++) {
      choices[i] = Choice.NO_MODEL;
      if (!batch.hasWindow(i)) {
        continue;
      }
      long time = batch.record(i).eventTimeMillis();
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

  private Choice choose(ModelNotice governing, long time, List<Group> distinct, WindowBatch shape)
      throws InterruptedException {
    Optional<ModelNotice> next = Optional.of(governing);
    int late = 0;
    while (next.isPresent()) {
      ModelNotice notice = next.get();
      Outcome outcome = pool.acquire(notice);
      if (outcome instanceof Outcome.Ready ready) {
        return new Choice(group(notice, ready.detector(), distinct, shape), notice, late > 0);
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
  private Group group(
      ModelNotice notice, Detector detector, List<Group> distinct, WindowBatch shape) {
    for (Group known : distinct) {
      if (known.detector == detector) {
        return known;
      }
    }
    if (spares.size() == distinct.size()) {
      spares.add(new WindowBatch(shape.capacity(), shape.windowLength(), shape.columns()));
    }
    Group group = new Group(notice, detector, spares.get(distinct.size()));
    distinct.add(group);
    return group;
  }

  private static boolean covers(MicroBatch batch, Choice[] choices) {
    for (int i = 0; i < choices.length; i++) {
      if (batch.hasWindow(i) && choices[i].group() == null) {
        return false;
      }
    }
    return true;
  }

  private static void copyRows(MicroBatch batch, Choice[] choices, int[] rows) {
    for (Choice choice : choices) {
      Group group = choice.group();
      if (group != null) {
        group.windows.clear();
      }
    }
    for (int i = 0; i < choices.length; i++) {
      Group group = choices[i].group();
      if (group != null) {
        WindowBatch all = batch.windows();
        int length = all.rowLength();
        rows[i] = group.windows.size();
        System.arraycopy(
            all.values(),
            batch.row(i) * length,
            group.windows.values(),
            group.windows.add(batch.record(i).series()),
            length);
      }
    }
  }

  private Scored result(MicroBatch batch, int index, Choice choice, int row) {
    Observed record = batch.record(index);
    long windowStart = batch.windowStart(index);
    if (!batch.hasWindow(index)) {
      return Scored.unscored(record, windowStart, Status.WINDOW_INCOMPLETE, false);
    }
    Group group = choice.group();
    if (group == null) {
      return Scored.unscored(record, windowStart, Status.NO_MODEL, choice.overdue());
    }
    Detections detections = group.detections;
    if (!detections.observed(row)) {
      return Scored.unscored(record, windowStart, Status.TOO_FEW_OBSERVED, choice.overdue());
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
        group.detector.borderPValue(),
        choice.notice(),
        detections.cold(row),
        choice.overdue(),
        blame(group, row, record),
        latent(group, row, record),
        detections.smoothedScore(row),
        detections.smoothedPValue(row));
  }

  private float @Nullable [] latent(Group group, int row, Observed record) {
    return latent.wants(record, group.detections.anomalous(row))
        ? group.detector.latentMean(group.windows, row)
        : null;
  }

  /** All of a batch at once: a bad model that alarms on everything must not stop the stream. */
  private void explainAnomalies(Group group) {
    List<Integer> anomalous = new ArrayList<>();
    for (int row = 0; row < group.detections.size(); row++) {
      if (group.detections.anomalous(row)) {
        anomalous.add(row);
      }
    }
    List<List<Attribution>> explanations =
        group.detector.explain(group.windows, anomalous, mostBlamed);
    for (int i = 0; i < anomalous.size(); i++) {
      group.explanations.put(anomalous.get(i), explanations.get(i));
    }
  }

  private static @Nullable Blame blame(Group group, int row, Observed record) {
    List<Attribution> explanation = group.explanations.get(row);
    return explanation == null
        ? null
        : Blame.of(explanation, group.detector.featureNames(), record.features());
  }
}
