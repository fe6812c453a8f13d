package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.OrderConfig.Late;
import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.FieldNames;
import io.nelbo.jobs.decode.MessageHeaders;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.progress.ForeignCameras;
import io.nelbo.jobs.progress.NeverObserved;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Original;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.record.Frames;
import io.nelbo.schemas.DeadLetterReason;
import java.util.Locale;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes inside the source, so that watermarks per partition survive. Bad bytes become rejected
 * elements, never exceptions.
 */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RecordDeserializer.class);

  private final NelboConfig config;
  private final boolean keepBytes;

  private transient RecordDecoder decoder;
  private transient DecodedRecord record;
  private transient NeverObserved unobserved;
  private transient ForeignCameras foreign;

  RecordDeserializer(NelboConfig config) {
    this.config = config;
    this.keepBytes = config.order().late() == Late.DEAD_LETTER;
  }

  @Override
  public void open(InitializationContext context) {
    open();
  }

  void open() {
    decoder = RecordDecoder.of(config);
    record = new DecodedRecord();
    foreign = new ForeignCameras();
    unobserved = new NeverObserved(config.features());
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> from, Collector<Decoded> to) {
    to.collect(decoded(from));
  }

  Decoded decoded(ConsumerRecord<byte[], byte[]> from) {
    boolean usable =
        decoder.decode(from.key(), from.value(), from.timestamp(), headers(from), record);
    if (!usable && record.reason() == DeadLetterReason.WRONG_FRAME) {
      warnOfForeign();
    }
    if (usable && unobserved.see(record.features())) {
      warnOfUnobserved(from.value());
    }
    Place place = new Place(from.partition(), from.offset());
    return usable
        ? Decoded.of(
            new Observation(
                record.series(),
                record.eventTimeMillis(),
                record.features(),
                record.label(),
                place,
                from.timestamp(),
                keepBytes ? new Original(from.key(), from.value()) : null))
        : Decoded.malformed(
            record.reason().name(),
            record.message(),
            from.topic(),
            place,
            from.timestamp(),
            new Original(from.key(), from.value()));
  }

  /** A name that is not in the records fails nothing: not observed is allowed. */
  private void warnOfUnobserved(byte[] value) {
    LOG.warn(
        "never observed in {} records of {}: {}; is the name right?{}",
        String.format(Locale.ROOT, "%,d", unobserved.records()),
        config.source().topic(),
        String.join(", ", unobserved.names()),
        config.source().format() == Format.JSON
            ? " fields seen: " + String.join(", ", FieldNames.of(value))
            : "");
  }

  /** Only images have something to say there. */
  private MessageHeaders headers(ConsumerRecord<byte[], byte[]> from) {
    return config.source().format() == Format.IMAGE
        ? new KafkaHeaders(from.headers())
        : MessageHeaders.NONE;
  }

  /** Cameras of several sizes in one topic: somebody wants to know at once, and which. */
  private void warnOfForeign() {
    Frames wanted = config.image().frames();
    foreign
        .see(
            record.series(),
            record
                .foreignFrame()
                .map(found -> found.against(wanted) + "; " + found.advice(wanted))
                .orElse("what is no frame: " + record.message()))
        .ifPresent(
            told ->
                LOG.warn(
                    "{}; what is sent so is a dead letter (WRONG_FRAME), a detector takes frames of"
                        + " one size: keep cameras of other kinds in topics of their own",
                    told));
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return TypeInformation.of(Decoded.class);
  }
}
