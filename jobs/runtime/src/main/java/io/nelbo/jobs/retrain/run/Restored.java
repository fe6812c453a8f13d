package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.retrain.DriftProgress;
import io.nelbo.jobs.retrain.RetrainProgress;
import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.decide.Predecessors;
import io.nelbo.jobs.retrain.due.Spans;
import io.nelbo.jobs.stream.ModelNotice;
import java.util.Optional;

/**
 * What a start goes on from.
 *
 * @param spans with the sample
 * @param newestMillis highest event time seen
 * @param activation the last one of this job
 * @param governed whether there is a model already
 * @param shadow who is in shadow
 * @param drift what the watch for it has seen
 */
record Restored(
    Spans spans,
    long newestMillis,
    Optional<ModelNotice> activation,
    boolean governed,
    Optional<ShadowCandidate> shadow,
    Optional<DriftProgress> drift) {
  static Restored from(SampleState state, NelboConfig config, ModelHistory history)
      throws Exception {
    RetrainProgress progress = state.progress();
    Spans spans = new Spans(config, progress);
    state.restore(spans.sample());
    Optional<ModelNotice> activation = state.activation();
    return new Restored(
        spans,
        progress.newestMillis(),
        activation,
        activation.isPresent() || Predecessors.isAny(history),
        state.shadow(),
        state.drift());
  }
}
