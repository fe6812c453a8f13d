package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.window.SlidingWindow;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job goes on from a savepoint of a version that kept what waits for its order as a list. */
final class RestoredWaitingTest {
  private static final String[] SETTINGS = {
    "order: {bound: 10ms}", "alert: {smooth: 1}", "window: {length: 2}", "batch: {size: 1}"
  };

  @TempDir private Path store;

  /**
   * Written by that version's operator: of series x it had released 1, and 20, 15, 18 and once more
   * 15 were waiting; of series y, 7 and 3.
   */
  @Test
  void whatWaitedInASavepointOfAnEarlierVersionIsReleasedInItsOrder() throws Exception {
    URL golden = Objects.requireNonNull(getClass().getResource("/score/waiting-list.bin"));
    OperatorSubtaskState state =
        OperatorSnapshotUtil.readStateHandle(Path.of(golden.toURI()).toString());

    try (DetectHarness detect = DetectHarness.restored(state, store, SETTINGS)) {
      detect.send(record("x", 17, 100));
      detect.watermark(30);

      assertThat(detect.times("x")).containsExactly(15L, 17L, 18L, 20L);
      assertThat(detect.times("y")).containsExactly(3L, 7L);
      assertThat(detect.late())
          .extracting(Observation::eventTimeMillis, Observation::offset)
          .containsExactly(tuple(15L, 4L));
    }
  }

  @Test
  void aListIsMovedOnceAndTheNextSavepointHoldsItInItsNewPlace() throws Exception {
    OperatorSubtaskState first;
    try (var before =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new AsAList(), Observation::series, Types.STRING)) {
      before.open();
      before.processElement(new StreamRecord<>(record("x", 20, 0)));
      before.processElement(new StreamRecord<>(record("x", 15, 1)));
      before.processElement(new StreamRecord<>(record("z", 12, 2)));
      first = before.snapshot(1, 1);
    }
    OperatorSubtaskState second;
    try (DetectHarness moved = DetectHarness.restored(first, store, SETTINGS)) {
      moved.send(record("x", 18, 3));
      second = moved.snapshot();
      assertThat(moved.scores()).isEmpty();
    }

    try (DetectHarness after = DetectHarness.restored(second, store, SETTINGS)) {
      after.send(record("x", 16, 4));
      after.watermark(30);

      assertThat(after.times("x")).containsExactly(15L, 16L, 18L, 20L);
      assertThat(after.times("z")).containsExactly(12L);
      assertThat(after.late()).isEmpty();
    }
  }

  private static Observation record(String series, long time, long offset) {
    float[] values = {1, 2, 3};
    return new Observation(series, time, values, -1, new Place(0, offset), time, null);
  }

  /** Keeps every record waiting, as earlier versions did. */
  private static final class AsAList extends AbstractStreamOperator<String>
      implements OneInputStreamOperator<Observation, String>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1;

    private transient ValueState<SeriesState> series;
    private transient ListState<Observed> waiting;
    private transient InternalTimerService<VoidNamespace> timers;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      series =
          context
              .getKeyedStateStore()
              .getState(new ValueStateDescriptor<>("series", SeriesState.class));
      waiting =
          context
              .getKeyedStateStore()
              .getListState(new ListStateDescriptor<>("waiting", Observed.class));
    }

    @Override
    public void open() throws Exception {
      super.open();
      timers = getInternalTimerService("series", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<Observation> element) throws Exception {
      Observation record = element.getValue();
      SeriesState known = series.value();
      if (known == null) {
        known = new SeriesState(new SlidingWindow(2, 3));
        known.timerMillis = record.eventTimeMillis() + 10;
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, known.timerMillis);
      }
      waiting.add(Observed.of(record));
      known.newestMillis = Math.max(known.newestMillis, record.eventTimeMillis());
      known.silentSinceMillis = known.newestMillis;
      known.oldestWaitingMillis = Math.min(known.oldestWaitingMillis, record.eventTimeMillis());
      series.update(known);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
      throw new IllegalStateException("no watermark is sent");
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
      throw new IllegalStateException("no timer of processing time is registered");
    }
  }
}
