package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.schemas.ModelTrigger;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;

/** Activates a model that is there already, as a decision like any other. */
final class ModelActivation {
  private final NelboConfig config;
  private final PrintWriter out;

  ModelActivation(NelboConfig config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  /**
   * Announces it for records after all that the source topic holds.
   *
   * @param reference a version or {@code latest}
   * @throws java.io.IOException when there is no such model, or the jobs would refuse it
   */
  void activate(String reference, ModelTrigger trigger, String reason) throws Exception {
    ModelChoice models =
        new ModelChoice(config, new KafkaConnectors(config, "models").modelHistory());
    ModelNotice known = models.pinned(reference);
    long from = PublishOptions.afterAllThatIsKnown(config, known.spanEndMillis());
    new ModelAnnouncer(config)
        .announce(
            NewNotice.activation(
                known.artifact(),
                from,
                known.span(),
                known.heldOutNegativeElbo(),
                ModelNotice.Why.of(trigger, reason),
                Clock.systemUTC().millis()));
    out.printf(
        "%s governs records from %s on; 'nelbo models rollback' takes it back%n",
        known.version(), Instant.ofEpochMilli(from));
  }
}
