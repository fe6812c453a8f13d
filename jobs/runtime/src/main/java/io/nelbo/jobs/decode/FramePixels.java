package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.image.FrameDecoder;
import io.nelbo.jobs.image.RefusedFrameException;
import io.nelbo.jobs.image.WantedFrame;

/** The pixels of an image as the values of a record, or why there are none. */
final class FramePixels {
  private static final int BYTE = 0xff;

  /** How the pixels are come by. */
  interface Decoding {
    byte[] pixels(FrameDecoder frames) throws RefusedFrameException;
  }

  private final FrameDecoder frames;

  private FramePixels(FrameDecoder frames) {
    this.frames = frames;
  }

  static FramePixels of(NelboConfig config) {
    return new FramePixels(
        new FrameDecoder(
            new WantedFrame(
                config.image().frames(),
                config.image().fit(),
                config.image().colour(),
                config.image().maxPixels(),
                config.source().maxBytes())));
  }

  /** Fills the values; false if refused. */
  boolean read(Decoding decoding, DecodedRecord into) {
    byte[] pixels;
    try {
      pixels = decoding.pixels(frames);
    } catch (RefusedFrameException refused) {
      into.setForeignFrame(refused.found().orElse(null));
      return into.reject(refused.reason(), refused.getMessage());
    }
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & BYTE;
    }
    into.setFeatures(values);
    return true;
  }
}
