package io.nelbo.jobs.replay;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.ModelNotice;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What to replay, and how.
 *
 * @param config of production
 * @param models which governs which event time
 * @param out folder of the results
 * @param force whether an earlier replay there may be replaced
 */
public record ReplayPlan(
    NelboConfig config,
    ReplaySource source,
    ReplayRange range,
    Models models,
    Path out,
    boolean force) {
  /** Where the models come from. */
  public sealed interface Models {
    /**
     * These, each from its {@code effective_from}.
     *
     * @param notices all events of the model topic, or one that governs all time
     */
    record Known(List<ModelNotice> notices) implements Models {
      public Known {
        notices = List.copyOf(notices);
      }
    }

    /**
     * One that the replay trains itself, on the records before this event time; it scores those
     * from there on.
     */
    record TrainedUntil(Instant until) implements Models {}

    /**
     * Those that the retrain job would have made of the recording; what is before the first of them
     * is not judged.
     *
     * @param trainingTime event time that a training takes
     */
    record Retrained(Duration trainingTime) implements Models {}
  }
}
