package io.nelbo.jobs.score;

import io.nelbo.jobs.score.DetectorPool.Outcome;
import io.nelbo.jobs.stream.Blame;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.jobs.stream.Scored.Status;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
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

  /** The model of a record, and whether it only stands in for one that is still loading. */
  private record Choice(Group group, boolean overdue) {}

  /** One model's share of the batch. */
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
  private final List<WindowBatch> spares = new ArrayList<>();

  BatchScoring(ModelTimeline timeline, DetectorPool pool, int mostBlamed) {
    this.timeline = timeline;
    this.pool = pool;
    this.mostBlamed = mostBlamed;
  }

  void score(MicroBatch batch, Consumer<Scored> results) throws InterruptedException {
    @Nullable Choice[] choices = new Choice[batch.size()];
    int[] rows = new int[batch.size()];
    List<Group> distinct = assign(batch, choices);
    if (distinct.size() == 1 && covers(batch, choices)) {
      distinct.get(0).windows = batch.windows();
      for (int i = 0; i < rows.length; i++) {
        rows[i] = batch.row(i);
      }
    } else {
      copyRows(batch, choices, rows);
    }
    for (Group group : distinct) {
      group.detections = group.detector.detect(group.windows);
      explainAnomalies(group);
    }
    for (int i = 0; i < rows.length; i++) {
      results.accept(result(batch, i, choices[i], rows[i]));
    }
    pool.trim();
  }

  @SuppressWarnings("ReferenceEquality") // the timeline hands out one object per activation
  private List<Group> assign(MicroBatch batch, @Nullable Choice[] choices)
      throws InterruptedException {
    List<Group> distinct = new ArrayList<>(1);
    ModelNotice lastNotice = null;
    Choice last = null;
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.hasWindow(i)) {
        continue;
      }
      long time = batch.record(i).eventTimeMillis();
      ModelNotice notice = timeline.governing(time).orElse(null);
      if (notice == null) {
        continue;
      }
      if (notice != lastNotice) {
        last = choose(notice, time, distinct, batch.windows());
        // A refusal changes who governs.
        lastNotice = timeline.governing(time).orElse(null);
      }
      choices[i] = last;
    }
    return distinct;
  }

  private @Nullable Choice choose(
      ModelNotice governing, long time, List<Group> distinct, WindowBatch shape)
      throws InterruptedException {
    Optional<ModelNotice> notice = Optional.of(governing);
    while (notice.isPresent()) {
      Outcome outcome = pool.acquire(notice.get());
      if (outcome instanceof Outcome.Ready ready) {
        return new Choice(group(notice.get(), ready.detector(), distinct, shape), false);
      }
      if (outcome instanceof Outcome.NotInTime) {
        Optional<ModelNotice> incumbent = timeline.governing(time, pool::isReady);
        return incumbent.isPresent()
                && pool.acquire(incumbent.get()) instanceof Outcome.Ready standIn
            ? new Choice(group(incumbent.get(), standIn.detector(), distinct, shape), true)
            : null;
      }
      timeline.refuse(notice.get());
      notice = timeline.governing(time);
    }
    return null;
  }

  private Group group(
      ModelNotice notice, Detector detector, List<Group> distinct, WindowBatch shape) {
    for (Group known : distinct) {
      if (known.notice.offset() == notice.offset()) {
        return known;
      }
    }
    if (spares.size() == distinct.size()) {
      spares.add(new WindowBatch(shape.capacity(), shape.windowLength(), shape.features()));
    }
    Group group = new Group(notice, detector, spares.get(distinct.size()));
    distinct.add(group);
    return group;
  }

  private static boolean covers(MicroBatch batch, @Nullable Choice[] choices) {
    for (int i = 0; i < choices.length; i++) {
      if (batch.hasWindow(i) && choices[i] == null) {
        return false;
      }
    }
    return true;
  }

  private static void copyRows(MicroBatch batch, @Nullable Choice[] choices, int[] rows) {
    for (Choice choice : choices) {
      if (choice != null) {
        choice.group().windows.clear();
      }
    }
    for (int i = 0; i < choices.length; i++) {
      Choice choice = choices[i];
      if (choice != null) {
        Group group = choice.group();
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

  private Scored result(MicroBatch batch, int index, @Nullable Choice choice, int row) {
    Observed record = batch.record(index);
    long windowStart = batch.windowStart(index);
    if (!batch.hasWindow(index)) {
      return Scored.unscored(record, windowStart, Status.WINDOW_INCOMPLETE);
    }
    if (choice == null) {
      return Scored.unscored(record, windowStart, Status.NO_MODEL);
    }
    Group group = choice.group();
    Detections detections = group.detections;
    if (!detections.observed(row)) {
      return Scored.unscored(record, windowStart, Status.TOO_FEW_OBSERVED);
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
        group.notice,
        detections.cold(row),
        choice.overdue(),
        blame(group, row, record));
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
