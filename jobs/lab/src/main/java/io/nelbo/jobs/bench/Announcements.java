package io.nelbo.jobs.bench;

import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelTrigger;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** Announces artifacts in turn. Not to be shared by threads. */
final class Announcements {
  /** On a live stream, from an announcement to the first record that it governs. */
  private static final long DELAY_MILLIS = 500;

  private final RecordProducer models;
  private final List<PublishedArtifact> artifacts;
  private final LongSupplier effectiveFromMillis;
  private int next;

  /**
   * @param models of the model topic; stays open
   * @param effectiveFromMillis event time from which the next one governs
   */
  Announcements(
      RecordProducer models, List<PublishedArtifact> artifacts, LongSupplier effectiveFromMillis) {
    this.models = models;
    this.artifacts = List.copyOf(artifacts);
    this.effectiveFromMillis = effectiveFromMillis;
  }

  /** For a live stream, whose event time is the wall clock; the first governs it already. */
  static Announcements live(RecordProducer models, List<PublishedArtifact> artifacts) {
    Announcements swaps =
        new Announcements(models, artifacts, () -> System.currentTimeMillis() + DELAY_MILLIS);
    swaps.next = 1 % artifacts.size();
    return swaps;
  }

  /** Announces the next one; it is in the topic when this returns. */
  void announce() {
    PublishedArtifact artifact = artifacts.get(next);
    next = (next + 1) % artifacts.size();
    models.send(
        artifact.modelId(),
        Instant.ofEpochMilli(0),
        activation(artifact, effectiveFromMillis.getAsLong()));
    models.flush();
  }

  /** The event that activates an artifact for all event times from here on. */
  static byte[] activation(PublishedArtifact artifact, long effectiveFromMillis) {
    return new ModelNoticeCodec()
        .write(
            NewNotice.activation(
                artifact,
                effectiveFromMillis,
                new ModelNotice.Span(0, 1, 1),
                Double.NaN,
                ModelNotice.Why.of(ModelTrigger.MANUAL),
                1));
  }
}
