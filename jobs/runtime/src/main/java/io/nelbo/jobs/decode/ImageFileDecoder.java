package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig.Format;

/**
 * Turns an image whose series and time are known, as those of a file are, into a record by the
 * rules of the topic, or says why not. Throws nothing, whatever the bytes. Not thread-safe.
 */
public final class ImageFileDecoder {
  private final FramePixels frames;
  private final RecordDecoder rules;

  private ImageFileDecoder(FramePixels frames, RecordDecoder rules) {
    this.frames = frames;
    this.rules = rules;
  }

  /** For a configuration of images. */
  public static ImageFileDecoder of(NelboConfig config) {
    return new ImageFileDecoder(FramePixels.of(config), RecordDecoder.of(config, Format.IMAGE));
  }

  /**
   * Decodes one image into {@code into}.
   *
   * @param contentType of the bytes; empty where they say it themselves
   * @return false if it cannot be used; {@code into} says why
   */
  public boolean decode(
      String series, long eventTimeMillis, byte[] image, String contentType, DecodedRecord into) {
    into.clear();
    into.setSeries(series);
    into.setEventTimeMillis(eventTimeMillis);
    return frames.read(decoder -> decoder.decode(image, contentType), into)
        && rules.completeWithoutKafka(into);
  }
}
