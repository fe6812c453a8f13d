package io.nelbo.jobs.image;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.jobs.config.ImageConfig.Colour;
import io.nelbo.jobs.config.ImageConfig.Fit;
import io.nelbo.model.record.Frames;
import java.io.Serializable;

/**
 * What a frame is, and how far an image may be from it.
 *
 * @param frames of the model: one channel or three, red, green and blue
 * @param maxPixels an image that claims more is refused before a pixel is decoded
 * @param maxBytes an image of more bytes is refused unread
 */
public record WantedFrame(Frames frames, Fit fit, Colour colour, long maxPixels, int maxBytes)
    implements Serializable {
  public WantedFrame {
    requireArgument(
        frames.channels() == 1 || frames.channels() == 3,
        "image.channels must be 1 (grey) or 3 (red, green, blue), got %s",
        frames.channels());
    requireArgument(
        maxPixels >= (long) frames.height() * frames.width(),
        "image.max-pixels (%s) must allow frames of %s x %s",
        maxPixels,
        frames.height(),
        frames.width());
    requireArgument(maxBytes > 0, "source.max-bytes must be positive, got %s", maxBytes);
  }
}
