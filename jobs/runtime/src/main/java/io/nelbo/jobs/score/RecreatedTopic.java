package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.List;
import java.util.Map;

/**
 * Whether a model topic is another than the one that activations were remembered from. A topic only
 * grows at its end; one that has lost its oldest events is still the same.
 */
final class RecreatedTopic {
  private RecreatedTopic() {}

  /**
   * @param remembered activations by their offset
   * @param inTopic all events that the topic holds now
   */
  static boolean is(Map<Long, ModelNotice> remembered, List<ModelNotice> inTopic) {
    if (inTopic.isEmpty()) {
      return false; // nothing there that could contradict
    }
    long lastInTopic = inTopic.stream().mapToLong(ModelNotice::offset).max().orElseThrow();
    boolean endsEarlier = remembered.keySet().stream().anyMatch(offset -> offset > lastInTopic);
    return endsEarlier
        || inTopic.stream()
            .anyMatch(
                notice -> {
                  ModelNotice before = remembered.get(notice.offset());
                  return before != null && !isSame(before, notice);
                });
  }

  /** Whether two events of the same offset are one. */
  static boolean isSame(ModelNotice a, ModelNotice b) {
    return a.kind().equals(b.kind())
        && a.version().equals(b.version())
        && a.uri().equals(b.uri())
        && a.sha256().equals(b.sha256())
        && a.effectiveFromMillis() == b.effectiveFromMillis();
  }
}
