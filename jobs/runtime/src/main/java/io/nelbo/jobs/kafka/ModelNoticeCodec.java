package io.nelbo.jobs.kafka;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between the model topic's bytes and the notices on the stream. Not thread-safe. */
public final class ModelNoticeCodec {
  private static final Logger LOG = LoggerFactory.getLogger(ModelNoticeCodec.class);

  private final SingleObject<ModelEvent> events = SingleObject.of(ModelEvent.class);

  /** The notice in a record of the model topic; empty, with a log line, when it is none. */
  public Optional<ModelNotice> read(ConsumerRecord<byte[], byte[]> from) {
    if (from.value() == null) {
      LOG.warn("empty model event at {}-{} is ignored", from.topic(), from.offset());
      return Optional.empty();
    }
    try {
      ModelEvent event = events.decode(from.value());
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
        offset,
        event.getKind().name(),
        event.getModelId(),
        event.getVersion(),
        event.getUri(),
        event.getSha256(),
        event.getEffectiveFrom() == null ? Long.MAX_VALUE : event.getEffectiveFrom().toEpochMilli(),
        event.getSpanStart().toEpochMilli(),
        event.getSpanEnd().toEpochMilli(),
        event.getRows(),
        event.getCandidateNegativeElbo() == null ? Double.NaN : event.getCandidateNegativeElbo(),
        event.getReason(),
        event.getTrigger(),
        event.getDecidedAt().toEpochMilli(),
        event.getIncumbentVersion(),
        event.getIncumbentNegativeElbo() == null ? Double.NaN : event.getIncumbentNegativeElbo(),
        Map.copyOf(event.getFigures()));
  }

  /** The bytes of a notice; its offset is the topic's to give. */
  public byte[] write(ModelNotice notice) {
    return events.encode(
        ModelEvent.newBuilder()
            .setModelId(notice.modelId())
            .setVersion(notice.version())
            .setKind(ModelEventKind.valueOf(notice.kind()))
            .setUri(notice.uri())
            .setSha256(notice.sha256())
            .setEffectiveFrom(
                notice.isActivation() ? Instant.ofEpochMilli(notice.effectiveFromMillis()) : null)
            .setSpanStart(Instant.ofEpochMilli(notice.spanStartMillis()))
            .setSpanEnd(Instant.ofEpochMilli(notice.spanEndMillis()))
            .setRows(notice.rows())
            .setCandidateNegativeElbo(
                Double.isNaN(notice.heldOutNegativeElbo()) ? null : notice.heldOutNegativeElbo())
            .setIncumbentNegativeElbo(
                Double.isNaN(notice.incumbentNegativeElbo())
                    ? null
                    : notice.incumbentNegativeElbo())
            .setReason(notice.reason())
            .setTrigger(notice.trigger())
            .setDecidedAt(Instant.ofEpochMilli(notice.decidedAtMillis()))
            .setIncumbentVersion(notice.incumbentVersion())
            .setFigures(notice.figures())
            .build());
  }
}
