package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.schemas.DeadLetterReason;
import org.jspecify.annotations.Nullable;

/**
 * The message is the image; its key or a header is the series, its Kafka timestamp or a header the
 * time. Pixels become values here: only what was decoded can be refused before a watermark has seen
 * it.
 */
final class ImageFormat implements RecordFormat {
  private final ImageHeaders headers;
  private final FramePixels frames;

  private ImageFormat(ImageHeaders headers, FramePixels frames) {
    this.headers = headers;
    this.frames = frames;
  }

  static ImageFormat of(NelboConfig config, TimeText times) {
    return new ImageFormat(
        new ImageHeaders(config.source().headers(), times), FramePixels.of(config));
  }

  @Override
  public boolean read(
      byte @Nullable [] key,
      byte[] value,
      long kafkaTimestampMillis,
      MessageHeaders with,
      DecodedRecord into) {
    if (!headers.read(key, kafkaTimestampMillis, with, into)) {
      return false;
    }
    String contentType = headers.contentType(with);
    if (contentType == null) {
      return into.reject(DeadLetterReason.UNPARSEABLE, headers.unreadableContentType());
    }
    return frames.read(decoder -> decoder.decode(value, contentType), into);
  }
}
