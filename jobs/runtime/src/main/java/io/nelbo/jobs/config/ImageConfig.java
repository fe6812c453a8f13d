package io.nelbo.jobs.config;

import io.nelbo.model.fit.FrameRules;
import io.nelbo.model.record.Frames;
import java.io.Serializable;

/** What the frames of a model of images are, and what an image must be to become one. */
public record ImageConfig(
    @Setting(
            means = "height of the model's frames in pixels; with image.width, instead of features",
            fallback = "0")
        int height,
    @Setting(means = "width of the model's frames in pixels", fallback = "0") int width,
    @Setting(means = "1: grey, 3: red, green and blue", fallback = "1") int channels,
    @Setting(
            means =
                "an image of another size: exact makes it a dead letter, crop cuts the middle out"
                    + " of a larger one, stretch resizes it by means over areas",
            fallback = "exact")
        Fit fit,
    @Setting(
            means =
                "an image of other channels: exact makes it a dead letter unless it is grey stored"
                    + " as colour, convert takes the luma of colours and three equal channels for"
                    + " grey",
            fallback = "exact")
        Colour colour,
    @Setting(
            means = "an image that claims more pixels is a dead letter, before one is decoded",
            fallback = "10000000")
        int maxPixels,
    @Inline Modelling modelling)
    implements Serializable {
  /** How a frame is modelled. */
  public record Modelling(
      @Setting(
              means =
                  "most rows and columns of what is modelled, a multiple of 16: a larger frame is"
                      + " brought to it by means over areas, for grain is noise and costs time",
              fallback = "32")
          int side,
      @Setting(
              means =
                  "gain-offset takes brightness and contrast out of each frame before it is"
                      + " modelled, none leaves them in",
              fallback = "gain-offset")
          Normalise normalise,
      @Setting(
              means =
                  "left-right: training shows each frame mirrored as often as not; only where a"
                      + " mirrored scene is as good",
              fallback = "none")
          Mirror mirror)
      implements Serializable {}

  /** What training may do to a frame. */
  public enum Mirror {
    /** It comes as it is. */
    NONE,
    /** Left becomes right. */
    LEFT_RIGHT
  }

  /** What is done with a frame's light. */
  public enum Normalise {
    /** It is no content. */
    GAIN_OFFSET,
    /** It counts. */
    NONE
  }

  /** Of records that are no images. */
  public static ImageConfig none() {
    return new ImageConfig(
        0,
        0,
        1,
        Fit.EXACT,
        Colour.EXACT,
        10_000_000,
        new Modelling(FrameRules.USUAL.side(), Normalise.GAIN_OFFSET, Mirror.NONE));
  }

  /** Whether the records are images. */
  public boolean isConfigured() {
    return height != 0 || width != 0;
  }

  /** What the model sees. */
  public Frames frames() {
    return new Frames(height, width, channels);
  }

  /** What is done with an image of another size than the model's frames. */
  public enum Fit {
    /** It is refused. */
    EXACT,
    /** What is too much is cut from its edges, evenly; a smaller one is refused. */
    CROP,
    /** It is resized; each pixel is the mean of the area that it covers. */
    STRETCH
  }

  /** What is done with an image of another number of channels than the model's frames. */
  public enum Colour {
    /** It is refused, unless it is a grey image stored with three equal channels. */
    EXACT,
    /** Colours become their luma, grey becomes three equal channels. */
    CONVERT
  }
}
