package io.nelbo.jobs.image;

import io.nelbo.model.record.Frames;

/**
 * What a sound image is that no frame of the model can be made of.
 *
 * @param fault which of it the configuration does not take
 * @param height upright, in pixels
 * @param width upright, in pixels
 * @param channels 1 grey, 3 red, green and blue
 */
public record FoundFrame(Fault fault, int height, int width, int channels) {
  /** What stands in the way. */
  public enum Fault {
    SIZE,
    CHANNELS
  }

  FoundFrame with(Fault other) {
    return new FoundFrame(other, height, width, channels);
  }

  /** For people: what it is and what the configuration says, height before width. */
  public String against(Frames wanted) {
    return switch (fault) {
      case SIZE ->
          "%d x %d, the configuration says %d x %d"
              .formatted(height, width, wanted.height(), wanted.width());
      case CHANNELS ->
          "%s, the configuration says %s".formatted(colours(channels), colours(wanted.channels()));
    };
  }

  /** Which settings would take it. */
  public String advice(Frames wanted) {
    return switch (fault) {
      case SIZE ->
          "set image.height: %d and image.width: %d, or image.fit: stretch%s"
              .formatted(
                  height,
                  width,
                  height >= wanted.height() && width >= wanted.width() ? " or crop" : "");
      case CHANNELS -> "set image.channels: %d, or image.colour: convert".formatted(channels);
    };
  }

  private static String colours(int channels) {
    return channels == 1 ? "grey (1 channel)" : "colour (%d channels)".formatted(channels);
  }
}
