package io.nelbo.model.record;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Pictures: {@code height x width x channels} values without names, row after row, the channels of
 * a point side by side. All of them are scored, there is no context.
 */
public record Frames(int height, int width, int channels) implements RecordShape {
  private static final int MOST_VALUES = 1 << 22;

  public Frames {
    requireArgument(height > 0, "frames: height must be positive, got %s", height);
    requireArgument(width > 0, "frames: width must be positive, got %s", width);
    requireArgument(channels > 0, "frames: channels must be positive, got %s", channels);
    requireArgument(
        (long) height * width <= MOST_VALUES / channels,
        "frames of %s x %s x %s hold more than %s values",
        height,
        width,
        channels,
        MOST_VALUES);
  }

  @Override
  public int featureCount() {
    return height * width * channels;
  }

  @Override
  public int columnCount() {
    return featureCount();
  }

  @Override
  public String inWords() {
    return "frames of %d x %d x %d".formatted(height, width, channels);
  }

  @Override
  public String inNames() {
    return inWords();
  }

  @Override
  public RecordShape asModelled() {
    return this;
  }

  @Override
  public RecordColumns named(String who) {
    throw new IllegalArgumentException(
        "%s takes records of named columns, these are %s".formatted(who, inWords()));
  }
}
