package io.nelbo.jobs.image;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.jobs.image.FoundFrame.Fault;
import io.nelbo.model.record.Frames;

/**
 * Turns the bytes of an image (PNG, JPEG, or raw values) into a frame of the model: {@code height x
 * width x channels} eight-bit values, row after row from the top, the channels of a point side by
 * side, red first. Or says why not, before pixels are decoded where the header tells.
 *
 * <p>Values are those that the file codes: colour profiles and gammas are not applied. Images are
 * turned upright by their EXIF. What comes out depends on the bytes, the rules and the JDK's
 * decoder alone. Throws nothing else, whatever the bytes. Not thread-safe.
 */
public final class FrameDecoder {
  private final WantedFrame rules;
  private final Frames frames;
  private final PixelReader reader;

  public FrameDecoder(WantedFrame rules) {
    this(rules, PixelReader.timedByProcessor());
  }

  FrameDecoder(WantedFrame rules, PixelReader reader) {
    this.rules = rules;
    this.frames = rules.frames();
    this.reader = reader;
  }

  /**
   * The frame of one image.
   *
   * @param contentType what the message says of its bytes; empty if nothing: then they must begin
   *     as a PNG or a JPEG
   */
  public byte[] decode(byte[] image, String contentType) throws RefusedFrameException {
    requireBytes(image);
    ImageKind kind = ImageKind.of(image, contentType, frames.featureCount());
    return switch (kind) {
      case PNG -> coded(PngFile.open(image));
      case JPEG -> coded(JpegFile.open(image));
      case RAW -> raw(image, frames.height(), frames.width(), frames.channels());
    };
  }

  /** The frame of raw values that say their own size. */
  public byte[] decodeRaw(byte[] values, int height, int width, int channels)
      throws RefusedFrameException {
    requireBytes(values);
    if (height < 1 || width < 1) {
      throw RefusedFrameException.unparseable(
          "raw frame claims height %d and width %d, must be positive", height, width);
    }
    requirePixels("raw frame", height, width);
    if (channels != 1 && channels != 3) {
      throw RefusedFrameException.wrongFrame(
          "raw frame has %d channels, 1 (grey) or 3 (red, green, blue) are read", channels);
    }
    return raw(values, height, width, channels);
  }

  private byte[] raw(byte[] values, int height, int width, int channels)
      throws RefusedFrameException {
    if (values.length != (long) height * width * channels) {
      throw RefusedFrameException.wrongFrame(
          "raw frame has %d bytes, %d x %d x %d (height, width, channels) are %d",
          values.length, height, width, channels, (long) height * width * channels);
    }
    requireSides("raw frame", new FoundFrame(Fault.SIZE, height, width, channels));
    return fitted(matching(new Picture(height, width, channels, values), "raw frame")).values();
  }

  private byte[] coded(CodedImage image) throws RefusedFrameException {
    requirePixels("image", image.height(), image.width());
    if ((long) image.height() * image.width() > image.mostPixels()) {
      throw RefusedFrameException.unparseable(
          "image claims height %d and width %d, more than its bytes can hold",
          image.height(), image.width());
    }
    boolean swaps = image.orientation().swapsSides();
    FoundFrame found =
        new FoundFrame(
            Fault.SIZE,
            swaps ? image.width() : image.height(),
            swaps ? image.height() : image.width(),
            image.channels());
    requireSides("image", found);
    requireChannels(found, "image");
    Picture upright = image.orientation().upright(image.picture(reader));
    return fitted(matching(upright, "image")).values();
  }

  private void requireBytes(byte[] image) throws RefusedFrameException {
    if (image.length == 0) {
      throw RefusedFrameException.unparseable("image is empty");
    }
    if (image.length > rules.maxBytes()) {
      throw RefusedFrameException.tooLarge(
          "image has %d bytes, source.max-bytes is %d", image.length, rules.maxBytes());
    }
  }

  private void requirePixels(String what, int height, int width) throws RefusedFrameException {
    if ((long) height * width > rules.maxPixels()) {
      throw RefusedFrameException.tooLarge(
          "%s claims height %d and width %d, image.max-pixels is %d",
          what, height, width, rules.maxPixels());
    }
  }

  private void requireSides(String what, FoundFrame found) throws RefusedFrameException {
    int height = found.height();
    int width = found.width();
    boolean fits =
        switch (rules.fit()) {
          case EXACT -> height == frames.height() && width == frames.width();
          case CROP -> height >= frames.height() && width >= frames.width();
          case STRETCH -> true;
        };
    if (!fits) {
      throw RefusedFrameException.wrongFrame(
          found,
          "%s has height %d and width %d, the model's frames have %d and %d%s",
          what,
          height,
          width,
          frames.height(),
          frames.width(),
          rules.fit() == Fit.EXACT ? " (image.fit: exact)" : ": image.fit: crop only cuts");
    }
  }

  /** Colours may turn out grey, grey is never coloured. */
  private void requireChannels(FoundFrame found, String what) throws RefusedFrameException {
    if (rules.colour() == Colour.EXACT && found.channels() < frames.channels()) {
      throw wrongChannels(what, found, "is grey");
    }
  }

  private Picture matching(Picture picture, String what) throws RefusedFrameException {
    FoundFrame found =
        new FoundFrame(Fault.SIZE, picture.height(), picture.width(), picture.channels());
    requireChannels(found, what);
    if (picture.channels() == frames.channels()) {
      return picture;
    }
    if (frames.channels() == 3) {
      return picture.asColour();
    }
    if (rules.colour() == Colour.EXACT && !picture.isGrey()) {
      throw wrongChannels(what, found, "is not grey");
    }
    return picture.asGrey();
  }

  private RefusedFrameException wrongChannels(String what, FoundFrame found, String shown) {
    int channels = found.channels();
    return RefusedFrameException.wrongFrame(
        found.with(Fault.CHANNELS),
        "%s %s: it has %d channel%s, the model's frames have %d (image.colour: exact)",
        what,
        shown,
        channels,
        channels == 1 ? "" : "s",
        frames.channels());
  }

  private Picture fitted(Picture picture) {
    if (picture.height() == frames.height() && picture.width() == frames.width()) {
      return picture;
    }
    return rules.fit() == Fit.CROP
        ? picture.cropped(frames.height(), frames.width())
        : picture.stretched(frames.height(), frames.width());
  }
}
