package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.image.FrameDecoder;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;
import org.jspecify.annotations.Nullable;

/**
 * The message is the image; its key is the series, its Kafka timestamp the time. Pixels become
 * values here: only what was decoded can be refused before a watermark has seen it.
 */
final class ImageFormat implements RecordFormat {
  private static final int BYTE = 0xff;

  /** What the message says of its bytes: nothing, their beginning does. */
  private static final String NO_CONTENT_TYPE = "";

  private final FrameDecoder frames;
  private final Utf8Decoder utf8 = new Utf8Decoder();

  private ImageFormat(FrameDecoder frames) {
    this.frames = frames;
  }

  static ImageFormat of(NelboConfig config) {
    return new ImageFormat(
        new FrameDecoder(
            new WantedFrame(
                config.image().frames(),
                config.image().fit(),
                config.image().colour(),
                config.image().maxPixels(),
                config.source().maxBytes())));
  }

  @Override
  public boolean read(
      byte @Nullable [] key, byte[] value, long kafkaTimestampMillis, DecodedRecord into) {
    byte[] pixels;
    try {
      pixels = frames.decode(value, NO_CONTENT_TYPE);
    } catch (RefusedFrameException refused) {
      return into.reject(refused.reason(), refused.getMessage());
    }
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & BYTE;
    }
    into.setFeatures(values);
    into.setSeries(series(key));
    if (kafkaTimestampMillis >= 0) {
      into.setEventTimeMillis(kafkaTimestampMillis);
    } else {
      into.setTimeFault("is missing: the message has no Kafka timestamp");
    }
    return true;
  }

  /** Blank where the key is no text, which is a dead letter. */
  private String series(byte @Nullable [] key) {
    String text = key == null ? null : utf8.decode(key);
    return text == null ? "" : text;
  }
}
