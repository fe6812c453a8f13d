package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.ModelTimeline;
import io.nelbo.jobs.stream.ModelNotice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.state.BroadcastState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The activations that a subtask has heard of: in its state, and as a timeline. Speaks up when they
 * cannot be what a replay would find. Used by the task's thread.
 */
final class KnownModels {
  private static final Logger LOG = LoggerFactory.getLogger(KnownModels.class);
  private static final long WARN_EVERY_MILLIS = 60_000;

  private final ModelTimeline timeline = new ModelTimeline();
  private final BroadcastState<Long, ModelNotice> state;
  private final ScoreMetrics metrics;
  private final LongSupplier clock;
  private long quietUntilMillis = Long.MIN_VALUE;

  /**
   * Knows nothing yet.
   *
   * @param state activations by offset
   * @param clock processing time in epoch milliseconds
   */
  KnownModels(BroadcastState<Long, ModelNotice> state, ScoreMetrics metrics, LongSupplier clock) {
    this.state = state;
    this.metrics = metrics;
    this.clock = clock;
  }

  ModelTimeline timeline() {
    return timeline;
  }

  /**
   * The topic adds to what the state remembers. If it contradicts it, it is not the topic that
   * these events came from, and its word counts: a replay has no other.
   *
   * @param inTopic all events that the topic holds
   */
  void restore(List<ModelNotice> inTopic) throws Exception {
    Map<Long, ModelNotice> remembered = new TreeMap<>();
    for (Map.Entry<Long, ModelNotice> known : state.immutableEntries()) {
      if (known.getValue().isWhole()) { // else of an older program: the topic says it again
        remembered.put(known.getKey(), known.getValue());
      }
    }
    if (RecreatedTopic.is(remembered, inTopic)) {
      forget("it was deleted and made anew, or its newest events were lost");
    } else {
      remembered.values().forEach(timeline::add);
    }
    for (ModelNotice notice : inTopic) {
      remember(notice);
    }
  }

  /**
   * Takes note of an event from the stream.
   *
   * @param newestScoredMillis newest event time of which a record has been scored
   * @return whether it is an activation that was not known yet
   */
  boolean add(ModelNotice notice, long newestScoredMillis) throws Exception {
    ModelNotice known = state.get(notice.offset());
    if (known != null
        && known.isWhole()
        && notice.isActivation()
        && !RecreatedTopic.isSame(known, notice)) {
      forget("it was deleted and made anew while this job ran");
    }
    if (!remember(notice)) {
      return false;
    }
    metrics.announced();
    if (notice.effectiveFromMillis() <= newestScoredMillis) {
      announcedLate(notice, newestScoredMillis);
    }
    return true;
  }

  private boolean remember(ModelNotice notice) throws Exception {
    boolean isNew = timeline.add(notice);
    if (isNew || (notice.isActivation() && !isKnownWhole(notice.offset()))) {
      state.put(notice.offset(), notice);
    }
    return isNew;
  }

  private boolean isKnownWhole(long offset) throws Exception {
    ModelNotice known = state.get(offset);
    return known != null && known.isWhole();
  }

  private void forget(String why) {
    LOG.warn(
        "the model topic is not the one that this job remembers: {}; what was remembered is"
            + " forgotten, the events in the topic count",
        why);
    state.clear();
    timeline.clear();
  }

  /** No record waits for an event that nobody knows of: it has been scored by the model before. */
  private void announcedLate(ModelNotice notice, long newestScoredMillis) {
    metrics.announcedLate();
    long now = clock.getAsLong();
    if (now < quietUntilMillis) {
      return; // counted all the same
    }
    quietUntilMillis = now + WARN_EVERY_MILLIS;
    LOG.warn(
        "model {} {} governs from {} on, but was announced when records up to {} had been scored"
            + " already: a replay scores these with it; a longer model.activation-delay avoids"
            + " that",
        notice.modelId(),
        notice.version(),
        Instant.ofEpochMilli(notice.effectiveFromMillis()),
        Instant.ofEpochMilli(newestScoredMillis));
  }
}
