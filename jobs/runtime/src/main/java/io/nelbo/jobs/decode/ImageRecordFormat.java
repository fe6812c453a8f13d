package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.ImageEncoding;
import io.nelbo.schemas.ImageRecord;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@code ImageRecord} in Avro single-object encoding; brings its own series and time, and says how
 * its image is to be read.
 */
final class ImageRecordFormat implements RecordFormat {
  private final SingleObject<ImageRecord> wire = SingleObject.of(ImageRecord.class);
  private final TimeText times;
  private final FramePixels frames;

  private ImageRecordFormat(TimeText times, FramePixels frames) {
    this.times = times;
    this.frames = frames;
  }

  static ImageRecordFormat of(NelboConfig config, TimeText times) {
    return new ImageRecordFormat(times, FramePixels.of(config));
  }

  @Override
  public boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    ImageRecord record;
    try {
      record = wire.decode(value);
    } catch (WireFormatException e) {
      return into.reject(AvroFormat.reason(e.kind()), String.valueOf(e.getMessage()));
    }
    into.setSeries(record.getSeries());
    Boolean label = record.getLabel();
    into.setLabel(label == null ? -1 : label ? 1 : 0);
    try {
      // Some write seconds where the schema says milliseconds.
      into.setEventTimeMillis(times.millis(record.getEventTime().toEpochMilli()));
    } catch (ValueFormatException e) {
      into.setTimeFault(String.valueOf(e.getMessage()));
    }
    byte[] image = bytes(record.getImage());
    return switch (record.getEncoding()) {
      case RAW -> raw(record, image, into);
      case PNG -> frames.read(decoder -> decoder.decode(image, "image/png"), into);
      case JPEG -> frames.read(decoder -> decoder.decode(image, "image/jpeg"), into);
    };
  }

  /** Of those that say nothing of themselves the record says the size. */
  private boolean raw(ImageRecord record, byte[] image, DecodedRecord into) {
    if (record.getHeight() == 0 || record.getWidth() == 0) {
      return into.reject(
          DeadLetterReason.UNPARSEABLE,
          "height (%d) and width (%d) must be given where encoding is %s"
              .formatted(record.getHeight(), record.getWidth(), ImageEncoding.RAW));
    }
    return frames.read(
        decoder ->
            decoder.decodeRaw(image, record.getHeight(), record.getWidth(), record.getChannels()),
        into);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
