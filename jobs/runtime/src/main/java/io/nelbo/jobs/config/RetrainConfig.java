package io.nelbo.jobs.config;

import io.nelbo.model.learn.Slides;
import java.io.Serializable;
import java.time.Duration;

/** When to train on the stream, and which models to let in. */
public record RetrainConfig(
    @Inline Sample sample,
    @Setting(
            means =
                "which candidates replace the incumbent: better on held-out records, not-worse,"
                    + " always, or manual (a person activates)",
            fallback = "not-worse")
        Gate gate,
    @Setting(
            means =
                "file of periods that are not normal, one series,from,until per line, * for all;"
                    + " read anew for each model",
            fallback = "")
        String exclusions,
    @Setting(
            means = "slides that a candidate must pass the gate on again before it is activated",
            fallback = "0")
        int shadow,
    @Setting(
            means =
                "train before a slide ends when records become less likely: on or off; such a"
                    + " candidate must pass at least one slide of shadow",
            fallback = "on")
        Drift drift,
    @Setting(
            means =
                "where a candidate's training starts: on takes the incumbent's weights where"
                    + " network, features, context, window and likelihood are the same, off draws"
                    + " new ones",
            fallback = "off")
        WarmStart warmStart,
    @Setting(
            means =
                "time between checkpoints of the retrain job, which keep its sample; its decisions"
                    + " appear this late",
            fallback = "<job.checkpoint-interval>")
        Duration checkpointInterval)
    implements Serializable {
  /** What is trained on, and when. */
  public record Sample(
      @Setting(means = "event time that a model is trained on", fallback = "1d") Duration span,
      @Setting(means = "event time between two decisions; at most the span", fallback = "6h")
          Duration every,
      @Setting(means = "fewer records are not trained on, at least 100", fallback = "10000")
          int minRows,
      @Setting(
              means = "records kept for training at most; above, a sample of the stream is",
              fallback = "256MiB")
          long maxBytes)
      implements Serializable {}

  private static final int HELD_BESIDE_THE_SPAN = 2;

  /** How a candidate must compare with the incumbent. */
  public enum Gate {
    BETTER,
    NOT_WORSE,
    ALWAYS,
    MANUAL
  }

  /** Whether drift triggers a training. */
  public enum Drift {
    ON,
    OFF
  }

  /** Whether a candidate starts from the incumbent's weights. */
  public enum WarmStart {
    ON,
    OFF
  }

  /** Memory of one record of so many features. */
  public static long rowBytes(int features) {
    return Long.BYTES + (long) features * Float.BYTES;
  }

  /** Event time in slides. */
  public Slides slides() {
    return new Slides(every().toMillis(), Math.toIntExact(slidesPerSpan()));
  }

  /** Slides that make a span. */
  public long slidesPerSpan() {
    return (span().toMillis() + every().toMillis() - 1) / every().toMillis();
  }

  /**
   * Slides whose records are held at once: a span, one that waits for its training, the newest, and
   * those that a candidate in shadow waits for.
   */
  public long slidesHeld() {
    return slidesPerSpan() + HELD_BESIDE_THE_SPAN + shadow;
  }

  public Duration span() {
    return sample.span();
  }

  public Duration every() {
    return sample.every();
  }

  public int minRows() {
    return sample.minRows();
  }

  public long maxBytes() {
    return sample.maxBytes();
  }
}
