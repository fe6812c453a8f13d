package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What survives a restart. Complete segments lie in keyed state, each written once, so that an
 * incremental back end writes only new ones; what still changes is written whole.
 */
final class SampleState {
  private final MapState<SegmentKey, SampledSegment> segments;
  private final ListState<SeriesCursor> cursors;
  private final ListState<RetrainProgress> progress;
  private final ListState<ModelNotice> activation;
  private final ListState<ShadowCandidate> shadow;
  private final ListState<DriftProgress> drift;

  SampleState(KeyedStateStore keyed, OperatorStateStore operator) throws Exception {
    segments =
        keyed.getMapState(
            new MapStateDescriptor<>(
                "segments",
                TypeInformation.of(SegmentKey.class),
                TypeInformation.of(SampledSegment.class)));
    cursors = list(operator, "cursors", SeriesCursor.class);
    progress = list(operator, "progress", RetrainProgress.class);
    activation = list(operator, "activation", ModelNotice.class);
    shadow = list(operator, "shadow", ShadowCandidate.class);
    drift = list(operator, "drift", DriftProgress.class);
  }

  private static <T> ListState<T> list(OperatorStateStore store, String name, Class<T> type)
      throws Exception {
    return store.getListState(new ListStateDescriptor<>(name, TypeInformation.of(type)));
  }

  /** Fills an empty sample. */
  void restore(SegmentSample sample) throws Exception {
    for (SampledSegment segment : segments.values()) {
      sample.restore(segment);
    }
    for (SeriesCursor cursor : cursors.get()) {
      sample.restore(cursor);
    }
  }

  RetrainProgress progress() throws Exception {
    return only(progress).orElse(RetrainProgress.NONE);
  }

  /** The last activation of this job; empty after an older program, then the topic knows it. */
  Optional<ModelNotice> activation() throws Exception {
    return only(activation).filter(ModelNotice::isWhole);
  }

  /** The candidate in shadow; empty after an older program, then the next slide has another. */
  Optional<ShadowCandidate> shadow() throws Exception {
    return only(shadow).filter(candidate -> candidate.notice().isWhole());
  }

  /** What the watch for drift has seen; empty when nothing was watched, or by an older program. */
  Optional<DriftProgress> drift() throws Exception {
    return only(drift);
  }

  private static <T> Optional<T> only(ListState<T> state) throws Exception {
    for (T value : state.get()) {
      return Optional.of(value);
    }
    return Optional.empty();
  }

  void write(
      SegmentSample sample,
      RetrainProgress now,
      Optional<ModelNotice> last,
      Optional<ShadowCandidate> candidate,
      Optional<DriftProgress> watched)
      throws Exception {
    for (SegmentKey removed : sample.takeRemoved()) {
      segments.remove(removed);
    }
    for (SampledSegment segment : sample.takeClosed()) {
      segments.put(segment.key(), segment);
    }
    cursors.update(sample.cursors());
    progress.update(List.of(now));
    activation.update(last.stream().toList());
    shadow.update(candidate.stream().toList());
    drift.update(watched.stream().toList());
  }
}
