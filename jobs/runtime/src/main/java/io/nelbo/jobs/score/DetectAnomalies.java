package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.serve.BatchScoring;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.serve.DetectorPool;
import io.nelbo.jobs.serve.ModelTimeline;
import io.nelbo.jobs.serve.PoolLimits;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.RestoredShape;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.window.SlidingWindow;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Orders the records of each series, keeps their windows, and scores them in batches with the model
 * that governs their event time. Input one is keyed by series, input two the broadcast model
 * events. Only life-cycle lives here.
 *
 * <p>A batch is flushed when it is full or old, before a checkpoint barrier, before a watermark is
 * forwarded, and at the end of input, so nothing in flight needs state. Event time is the first
 * input's alone: an idle or finished model topic neither stalls nor rushes it.
 */
final class DetectAnomalies extends AbstractStreamOperator<ScoredRecord>
    implements TwoInputStreamOperator<Observation, ModelNotice, ScoredRecord>,
        BoundedMultiInput,
        Triggerable<String, VoidNamespace>,
        SeriesOrder.Outlet {
  private static final long serialVersionUID = 1;

  /** Records that came after a later one of their series had been released. */
  static final OutputTag<Observation> LATE =
      new OutputTag<>("late", TypeInformation.of(Observation.class));

  private static final int OPEN_MODELS = 3;

  private final NelboConfig settings;
  private final RecordShape record;
  private final long maxGapMillis;
  private final DetectorFactory detectors;
  private final ModelHistory history;
  private final LatentSample latent;

  private transient DetectState state;
  private transient ScoreMetrics scores;
  private transient KnownModels known;
  private transient DetectorPool pool;
  private transient SeriesOrder order;
  private transient SeriesSmoothing smoothing;
  private transient RecordScoring scoring;
  private transient ScheduledFuture<?> ageCheck;
  private transient long watermarkMillis;
  private transient long newestReleasedMillis;
  private transient ScoreProgress progress;

  DetectAnomalies(
      NelboConfig config, DetectorFactory detectors, ModelHistory history, LatentSample latent) {
    this.settings = config;
    this.record = config.shape();
    this.maxGapMillis = config.series().maxGap().toMillis();
    this.detectors = detectors;
    this.history = history;
    this.latent = latent;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    RestoredShape.require(context.getOperatorStateStore(), record);
    state = DetectState.of(context);
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermarkMillis = Long.MIN_VALUE;
    newestReleasedMillis = Long.MIN_VALUE;
    scores = new ScoreMetrics(getMetricGroup());
    DetectorFactory onDevice = detectors.onDevice(TaskGpus.of(getRuntimeContext()));
    known = new KnownModels(state.models(), scores, this::now);
    known.restore(history.read());
    pool =
        new DetectorPool(
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            onDevice,
            new PoolLimits(settings.model().loadTimeout(), OPEN_MODELS),
            System::nanoTime,
            scores);
    known.timeline().newest().ifPresent(pool::prepare);
    order =
        new SeriesOrder(
            settings.order().bound().toMillis(),
            settings.mayShareTimes(),
            settings.series().forgetAfter().toMillis(),
            new WaitingRecords(state.waiting(), state.unorderedWaiting(), this::late),
            new EventTimers(
                getInternalTimerService("series", VoidNamespaceSerializer.INSTANCE, this)),
            this);
    smoothing =
        new SeriesSmoothing(settings.alert().smooth(), maxGapMillis, state.recentScores(), this);
    scoring = scoring(new StreamRecord<>(null));
    progress = new ScoreProgress(scores, known.timeline()::newest, () -> newestReleasedMillis);
    progress.watch(getRuntimeContext(), getProcessingTimeService());
    long lookEveryMillis = Math.max(1, settings.batch().age().toMillis() / 2);
    ageCheck =
        getProcessingTimeService()
            .scheduleWithFixedDelay(now -> scoring.flushIfOld(), lookEveryMillis, lookEveryMillis);
  }

  private RecordScoring scoring(StreamRecord<ScoredRecord> out) {
    return new RecordScoring(
        new MicroBatch(
            settings.batch().size(),
            settings.batch().age().toMillis(),
            this::now,
            settings.window().length(),
            record.columnCount()),
        new BatchScoring(known.timeline(), pool, settings.alert().top(), smoothing),
        latent,
        scored -> {
          scores.count(scored);
          output.collect(out.replace(scored, scored.eventTimeMillis()));
        });
  }

  @Override
  public void processElement1(StreamRecord<Observation> element) throws Exception {
    SeriesState series = state.series().value();
    int windowLength = settings.window().length();
    if (series == null) {
      series = new SeriesState(new SlidingWindow(windowLength, record.columnCount()));
    } else if (!series.window.hasShape(windowLength, record.columnCount())) {
      // Restored under another configuration: the old records cannot be in the new window.
      series.window = new SlidingWindow(windowLength, record.columnCount());
    }
    if (order.arrive(element.getValue(), series, watermarkMillis)) {
      state.series().update(series);
    }
  }

  @Override
  public void processElement2(StreamRecord<ModelNotice> element) throws Exception {
    ModelNotice notice = element.getValue();
    progress.heard(notice);
    if (!known.add(notice, newestReleasedMillis)) {
      return;
    }
    ModelTimeline timeline = known.timeline();
    // Without a watermark nobody knows yet which of them govern; the newest is loading already.
    if (watermarkMillis != Long.MIN_VALUE && timeline.governsFrom(notice, watermarkMillis)) {
      timeline.governing(watermarkMillis).ifPresent(pool::prepare); // it is in use: trim others
      pool.prepare(notice);
      pool.trim(); // a subtask without records has no batch after which it is done
    }
  }

  @Override
  public void release(Observation record, SeriesState series) throws InterruptedException {
    series.window.append(record.features(), record.eventTimeMillis(), maxGapMillis);
    newestReleasedMillis = Math.max(newestReleasedMillis, record.eventTimeMillis());
    scoring.add(record, series.window);
  }

  @Override
  public void late(Observation record) {
    scores.late();
    output.collect(LATE, new StreamRecord<>(record, record.eventTimeMillis()));
  }

  @Override
  public void idleFlush() {
    scores.idleFlush();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    SeriesState series = state.series().value();
    if (series == null || !SeriesOrder.isPending(timer.getTimestamp(), series)) {
      return;
    }
    if (!order.wake(timer.getKey(), series)) {
      state.series().update(series);
      return;
    }
    if (smoothing.isOn()) {
      scoring.flush(); // what is still in the batch would be remembered for ever
    }
    smoothing.forget();
    state.series().clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered here");
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    scoring.flush();
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    scoring.flush();
    watermarkMillis = mark.getTimestamp();
    timeServiceManager.advanceWatermark(mark);
    scoring.flush(); // what the timers released
    output.emitWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Model events carry no event time.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (index == 0) {
      scoring.flush();
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId == 1) {
      scoring.flush();
    }
  }

  @Override
  public void close() throws Exception {
    if (ageCheck != null) {
      ageCheck.cancel(false);
    }
    if (progress != null) {
      progress.close();
    }
    if (pool != null) {
      pool.close();
    }
    super.close();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
