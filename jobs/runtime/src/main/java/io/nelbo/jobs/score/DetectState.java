package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.calibrate.RecentScores;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * What the detect operator keeps in checkpoints. Savepoints of running jobs know these names and
 * types: another one of either is another state.
 *
 * @param series of each series, what is remembered of it
 * @param recentScores of each series, what its last records scored
 * @param waiting of each series, what waits for its order, by event time
 * @param unorderedWaiting the same as earlier versions kept it; nothing is added to it any more
 * @param models activations by their offset
 */
record DetectState(
    ValueState<SeriesState> series,
    ValueState<RecentScores> recentScores,
    MapState<Long, Observed> waiting,
    ListState<Observed> unorderedWaiting,
    BroadcastState<Long, ModelNotice> models) {

  static DetectState of(StateInitializationContext context) throws Exception {
    KeyedStateStore keyed = context.getKeyedStateStore();
    return new DetectState(
        keyed.getState(new ValueStateDescriptor<>("series", SeriesState.class)),
        keyed.getState(new ValueStateDescriptor<>("recent-scores", RecentScores.class)),
        keyed.getMapState(
            new MapStateDescriptor<>(
                "waiting-by-time", Types.LONG, TypeInformation.of(Observed.class))),
        keyed.getListState(new ListStateDescriptor<>("waiting", Observed.class)),
        context
            .getOperatorStateStore()
            .getBroadcastState(
                new MapStateDescriptor<>(
                    "models", Types.LONG, TypeInformation.of(ModelNotice.class))));
  }
}
