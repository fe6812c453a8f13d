package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.train.TrainingSpan;
import java.util.List;

/** Decisions in the words of the model topic. */
final class Notices {
  private Notices() {}

  static ModelNotice activated(
      TrainerThread.Outcome.Published published, long effectiveFromMillis, long nowMillis) {
    TrainingSpan span = published.span();
    return ModelNotice.activation(
        published.artifact(),
        effectiveFromMillis,
        span.startMillis(),
        span.endMillis(),
        span.records(),
        published.heldOutNegativeElbo(),
        published.remarks(),
        "first",
        nowMillis);
  }

  static ModelNotice failed(String modelId, TrainerThread.Outcome.Failed failed, long nowMillis) {
    TrainingSpan span = failed.span();
    return without(
        "FAILED",
        modelId,
        span.startMillis(),
        span.endMillis(),
        span.records(),
        failed.reason(),
        nowMillis);
  }

  static ModelNotice skipped(String modelId, List<Observed> rows, int needed, long nowMillis) {
    long start = rows.stream().mapToLong(Observed::eventTimeMillis).min().orElse(0);
    long end = rows.stream().mapToLong(Observed::eventTimeMillis).max().orElse(0) + 1;
    return without(
        "SKIPPED",
        modelId,
        start,
        end,
        rows.size(),
        "the span has %s rows, retrain.min-rows asks for %s".formatted(rows.size(), needed),
        nowMillis);
  }

  private static ModelNotice without(
      String kind, String modelId, long start, long end, long rows, String reason, long nowMillis) {
    return new ModelNotice(
        ModelNotice.UNWRITTEN,
        kind,
        modelId,
        "",
        "",
        "",
        Long.MAX_VALUE,
        start,
        end,
        rows,
        Double.NaN,
        reason,
        "first",
        nowMillis);
  }
}
