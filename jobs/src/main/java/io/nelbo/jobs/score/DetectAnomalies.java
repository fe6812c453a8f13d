package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.RestoredShape;
import io.nelbo.jobs.stream.Scored;
import io.nelbo.model.calibrate.RecentSurprise;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.window.SlidingWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
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
final class DetectAnomalies extends AbstractStreamOperator<Scored>
    implements TwoInputStreamOperator<Observed, ModelNotice, Scored>,
        BoundedMultiInput,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1;

  /** Records that came after a later one of their series had been released. */
  static final OutputTag<Observed> LATE =
      new OutputTag<>("late", TypeInformation.of(Observed.class));

  private static final int OPEN_MODELS = 3;

  private final DetectorFactory detectors;
  private final ModelHistory history;
  private final int windowLength;
  private final RecordColumns columns;
  private final long orderBoundMillis;
  private final long maxGapMillis;
  private final long forgetAfterMillis;
  private final int batchSize;
  private final long batchAgeMillis;
  private final Duration loadTimeout;
  private final int mostBlamed;
  private final LatentSample latent;
  private final int smooth;

  private transient ValueState<SeriesState> seriesState;
  private transient ValueState<RecentSurprise> recentSurprise;
  private transient ListState<Observed> waiting;
  private transient BroadcastState<Long, ModelNotice> models;
  private transient InternalTimerService<VoidNamespace> timers;

  private transient KnownModels known;
  private transient ModelTimeline timeline;
  private transient DetectorPool pool;
  private transient SeriesSmoothing smoothing;
  private transient BatchScoring scoring;
  private transient MicroBatch batch;
  private transient long oldestInBatchMillis;
  private transient long watermarkMillis;
  private transient long newestReleasedMillis;
  private transient StreamRecord<Scored> out;
  private transient ScoreMetrics scores;
  private transient ScheduledFuture<?> ageCheck;

  DetectAnomalies(
      NelboConfig config, DetectorFactory detectors, ModelHistory history, LatentSample latent) {
    this.latent = latent;
    this.detectors = detectors;
    this.history = history;
    this.windowLength = config.window().length();
    this.columns = config.columns();
    this.orderBoundMillis = config.order().bound().toMillis();
    this.maxGapMillis = config.series().maxGap().toMillis();
    this.forgetAfterMillis = config.series().forgetAfter().toMillis();
    this.batchSize = config.batch().size();
    this.batchAgeMillis = config.batch().age().toMillis();
    this.loadTimeout = config.model().loadTimeout();
    this.mostBlamed = config.alert().top();
    this.smooth = config.alert().smooth();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    RestoredShape.require(context.getOperatorStateStore(), columns);
    seriesState =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("series", SeriesState.class));
    recentSurprise =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("recent-surprise", RecentSurprise.class));
    waiting =
        context
            .getKeyedStateStore()
            .getListState(new ListStateDescriptor<>("waiting", Observed.class));
    models =
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    "models", Types.LONG, TypeInformation.of(ModelNotice.class)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    DetectorFactory onDevice = detectors.onDevice(AssignedGpus.of(getRuntimeContext()));
    timers = getInternalTimerService("series", VoidNamespaceSerializer.INSTANCE, this);
    scores = new ScoreMetrics(getMetricGroup());
    known =
        new KnownModels(
            models, scores, () -> getProcessingTimeService().getCurrentProcessingTime());
    known.restore(history.read());
    timeline = known.timeline();
    pool =
        new DetectorPool(
            getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks(),
            onDevice,
            loadTimeout,
            OPEN_MODELS,
            System::nanoTime,
            scores);
    timeline.newest().ifPresent(pool::prepare);
    smoothing = new SeriesSmoothing(smooth, maxGapMillis, recentSurprise, this);
    scoring = new BatchScoring(timeline, pool, mostBlamed, latent, smoothing);
    batch = new MicroBatch(batchSize, windowLength, columns.columnCount());
    out = new StreamRecord<>(null);
    watermarkMillis = Long.MIN_VALUE;
    newestReleasedMillis = Long.MIN_VALUE;
    long lookEveryMillis = Math.max(1, batchAgeMillis / 2);
    ageCheck =
        getProcessingTimeService()
            .scheduleWithFixedDelay(now -> flushIfOld(), lookEveryMillis, lookEveryMillis);
  }

  @Override
  public void processElement1(StreamRecord<Observed> element) throws Exception {
    Observed record = element.getValue();
    SeriesState series = seriesState.value();
    if (series == null) {
      series = new SeriesState(new SlidingWindow(windowLength, columns.columnCount()));
    } else if (!series.window.hasShape(windowLength, columns.columnCount())) {
      // Restored under another configuration: the old records cannot be in the new window.
      series.window = new SlidingWindow(windowLength, columns.columnCount());
    }
    if (record.eventTimeMillis() <= series.releasedMillis) {
      scores.late();
      output.collect(LATE, element);
      return;
    }
    series.newestMillis = Math.max(series.newestMillis, record.eventTimeMillis());
    series.silentSinceMillis = Math.max(series.newestMillis, watermarkMillis);
    if (orderBoundMillis == 0) {
      release(record, series);
    } else {
      waiting.add(record);
      series.oldestWaitingMillis = Math.min(series.oldestWaitingMillis, record.eventTimeMillis());
      releaseUntil(series.newestMillis - orderBoundMillis, series);
    }
    scheduleTimer(series);
    seriesState.update(series);
  }

  @Override
  public void processElement2(StreamRecord<ModelNotice> element) throws Exception {
    ModelNotice notice = element.getValue();
    if (!known.add(notice, newestReleasedMillis)) {
      return;
    }
    // Without a watermark nobody knows yet which of them govern; the newest is loading already.
    if (watermarkMillis != Long.MIN_VALUE && timeline.governsFrom(notice, watermarkMillis)) {
      timeline.governing(watermarkMillis).ifPresent(pool::prepare); // it is in use: trim others
      pool.prepare(notice);
      pool.trim(); // a subtask without records has no batch after which it is done
    }
  }

  /** Releases waiting records up to this event time, in order; what shares a time comes late. */
  private void releaseUntil(long untilMillis, SeriesState series) throws Exception {
    if (untilMillis < series.oldestWaitingMillis) {
      return; // without reading the list
    }
    List<Observed> due = new ArrayList<>();
    List<Observed> rest = new ArrayList<>();
    series.oldestWaitingMillis = Long.MAX_VALUE;
    for (Observed record : waiting.get()) {
      if (record.eventTimeMillis() <= untilMillis) {
        due.add(record);
      } else {
        rest.add(record);
        series.oldestWaitingMillis = Math.min(series.oldestWaitingMillis, record.eventTimeMillis());
      }
    }
    due.sort(
        Comparator.comparingLong(Observed::eventTimeMillis)
            .thenComparingInt(Observed::partition)
            .thenComparingLong(Observed::offset));
    waiting.update(rest);
    for (Observed record : due) {
      if (record.eventTimeMillis() <= series.releasedMillis) {
        scores.late();
        output.collect(LATE, new StreamRecord<>(record, record.eventTimeMillis()));
      } else {
        release(record, series);
      }
    }
  }

  private void release(Observed record, SeriesState series) throws InterruptedException {
    series.window.append(record.features(), record.eventTimeMillis(), maxGapMillis);
    series.releasedMillis = record.eventTimeMillis();
    newestReleasedMillis = Math.max(newestReleasedMillis, record.eventTimeMillis());
    if (batch.size() == 0) {
      oldestInBatchMillis = getProcessingTimeService().getCurrentProcessingTime();
    }
    batch.add(record, series.window);
    if (batch.isFull()) {
      flush();
    }
  }

  /**
   * One timer per series: first to release what waits in vain for successors, then to forget it.
   */
  private void scheduleTimer(SeriesState series) {
    boolean isWaiting = series.oldestWaitingMillis != Long.MAX_VALUE;
    long dueMillis =
        isWaiting
            ? series.silentSinceMillis + orderBoundMillis
            : saturatedSum(series.silentSinceMillis, forgetAfterMillis);
    if (series.timerMillis == Long.MAX_VALUE || (isWaiting && series.timerMillis > dueMillis)) {
      if (series.timerMillis != Long.MAX_VALUE) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, series.timerMillis);
      }
      series.timerMillis = dueMillis;
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, series.timerMillis);
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    SeriesState series = seriesState.value();
    if (series == null || series.timerMillis != timer.getTimestamp()) {
      return;
    }
    series.timerMillis = Long.MAX_VALUE;
    long silentMillis = timer.getTimestamp() - series.silentSinceMillis;
    boolean forgotten = silentMillis >= forgetAfterMillis;
    boolean waits = series.oldestWaitingMillis != Long.MAX_VALUE;
    if (waits && (forgotten || silentMillis >= orderBoundMillis)) {
      scores.idleFlush();
      releaseUntil(series.newestMillis, series);
    }
    if (forgotten) {
      if (smoothing.isOn()) {
        flush(); // what is still in the batch would be remembered for ever
      }
      smoothing.forget();
      seriesState.clear();
      return;
    }
    scheduleTimer(series);
    seriesState.update(series);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no processing-time timer is ever registered here");
  }

  private void flushIfOld() throws InterruptedException {
    if (batch.size() > 0
        && getProcessingTimeService().getCurrentProcessingTime() - oldestInBatchMillis
            >= batchAgeMillis) {
      flush();
    }
  }

  private void flush() throws InterruptedException {
    if (batch.size() == 0) {
      return;
    }
    scoring.score(
        batch,
        scored -> {
          scores.count(scored);
          output.collect(out.replace(scored, scored.eventTimeMillis()));
        });
    batch.clear();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    flush();
    watermarkMillis = mark.getTimestamp();
    timeServiceManager.advanceWatermark(mark);
    flush(); // what the timers released
    output.emitWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // Model events carry no event time.
  }

  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (index == 0) {
      flush();
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void endInput(int inputId) throws Exception {
    if (inputId == 1) {
      flush();
    }
  }

  @Override
  public void close() throws Exception {
    if (ageCheck != null) {
      ageCheck.cancel(false);
    }
    if (pool != null) {
      pool.close();
    }
    super.close();
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE - 1 : a + b;
  }
}
