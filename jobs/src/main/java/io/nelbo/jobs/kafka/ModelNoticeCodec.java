package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the model topic's bytes and the notices on the stream. Not thread-safe. */
public final class ModelNoticeCodec {
  private static final Logger LOG = LoggerFactory.getLogger(ModelNoticeCodec.class);

  private static final int SCHEMA_VERSION = 3;

  private final SingleObject<ModelEvent> events = SingleObject.of(ModelEvent.class);
  private final ModelEventReader reader = new ModelEventReader();

  /** The notice in a record of the model topic; empty, with a log line, when it is none. */
  public Optional<ModelNotice> read(ConsumerRecord<byte[], byte[]> from) {
    if (from.value() == null) {
      LOG.warn("empty model event at {}-{} is ignored", from.topic(), from.offset());
      return Optional.empty();
    }
    try {
      ModelEvent event = reader.read(from.value());
      if (event.getKind() == ModelEventKind.ACTIVATED && event.getEffectiveFrom() == null) {
        LOG.warn(
            "model event at {}-{} activates {} without effective_from and is ignored",
            from.topic(),
            from.offset(),
            event.getVersion());
        return Optional.empty();
      }
      return Optional.of(notice(event, from.offset()));
    } catch (WireFormatException malformed) {
      LOG.warn(
          "model event at {}-{} cannot be read and is ignored: {}",
          from.topic(),
          from.offset(),
          malformed.getMessage());
      return Optional.empty();
    }
  }

  private static ModelNotice notice(ModelEvent event, long offset) {
    return new ModelNotice(
        new ModelNotice.Position(offset, event.getDecidedAt().toEpochMilli()),
        event.getKind(),
        event.getState(),
        new ModelNotice.Subject(
            event.getModelId(), event.getVersion(), event.getUri(), event.getSha256()),
        event.getEffectiveFrom() == null ? Long.MAX_VALUE : event.getEffectiveFrom().toEpochMilli(),
        new ModelNotice.Span(
            event.getSpanStart().toEpochMilli(),
            event.getSpanEnd().toEpochMilli(),
            event.getRows()),
        new ModelNotice.Compared(
            number(event.getCandidateNegativeElbo()),
            event.getIncumbentVersion(),
            number(event.getIncumbentNegativeElbo()),
            event.getFigures()),
        new ModelNotice.Why(
            event.getTriggeredBy(),
            event.getRegimeChange(),
            event.getProvisional(),
            event.getShadowVersion(),
            event.getReasons()));
  }

  /** The bytes of a notice; its offset is the topic's to give. */
  public byte[] write(ModelNotice notice) {
    return events.encode(event(notice));
  }

  private static ModelEvent event(ModelNotice notice) {
    ModelEvent.Builder event =
        ModelEvent.newBuilder()
            .setModelId(notice.modelId())
            .setVersion(notice.version())
            .setKind(notice.kind())
            .setState(notice.state())
            .setUri(notice.uri())
            .setSha256(notice.sha256())
            .setEffectiveFrom(
                notice.isActivation() ? Instant.ofEpochMilli(notice.effectiveFromMillis()) : null)
            .setSpanStart(Instant.ofEpochMilli(notice.spanStartMillis()))
            .setSpanEnd(Instant.ofEpochMilli(notice.spanEndMillis()))
            .setRows(notice.rows())
            .setCandidateNegativeElbo(optional(notice.heldOutNegativeElbo()))
            .setIncumbentVersion(notice.incumbentVersion())
            .setIncumbentNegativeElbo(optional(notice.incumbentNegativeElbo()))
            .setFigures(notice.figures())
            .setDecidedAt(Instant.ofEpochMilli(notice.decidedAtMillis()))
            .setSchemaVersion(SCHEMA_VERSION);
    ModelNotice.Why why = notice.why();
    return event
        .setTrigger(TriggerWords.of(why.trigger()))
        .setTriggeredBy(why.trigger())
        .setReason(why.line())
        .setReasons(why.reasons())
        .setRegimeChange(why.regimeChange())
        .setProvisional(why.provisional())
        .setShadowVersion(why.shadowVersion())
        .build();
  }

  private static double number(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static @Nullable Double optional(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
