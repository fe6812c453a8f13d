package io.nelbo.model.family.frames;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.record.Frames;

/**
 * The size at which frames are modelled, which is not theirs: grain is noise, and a coarse frame
 * shows the same defects at a fraction of the cost.
 *
 * <p>An axis longer than the side is brought to it by area means; a shorter one keeps its pixels
 * and is continued at its end by its last one, up to the next multiple of {@value #STEP}. A network
 * learns what continues a frame like the rest; neither density nor channels count it.
 *
 * @param frames as they come
 * @param height rows that are modelled, a multiple of {@value #STEP}
 * @param width columns that are modelled, a multiple of {@value #STEP}
 */
record WorkingSize(Frames frames, int height, int width) {
  /** What the encoder halves four times must come out even. */
  static final int STEP = ConvolutionalSpec.STEP;

  /**
   * @param side most rows and columns, a multiple of {@value #STEP}
   */
  static WorkingSize of(Frames frames, int side) {
    requireArgument(
        side >= STEP && side % STEP == 0,
        "the side of modelled frames must be a positive multiple of %s, got %s",
        STEP,
        side);
    return new WorkingSize(
        frames,
        ConvolutionalSpec.modelled(frames.height(), side),
        ConvolutionalSpec.modelled(frames.width(), side));
  }

  int channels() {
    return frames.channels();
  }

  /** Values per plane. */
  int area() {
    return height * width;
  }

  /** Values per frame. */
  int values() {
    return channels() * area();
  }

  /** How many of the rows are those of the frame, the others continue it. */
  int shownHeight() {
    return Math.min(height, frames.height());
  }

  /** 1 for what is of the frame and 0 for what continues it, value after value. */
  float[] shown() {
    float[] shown = new float[values()];
    for (int i = 0; i < shown.length; i++) {
      int place = i % area();
      shown[i] = place / width < shownHeight() && place % width < shownWidth() ? 1 : 0;
    }
    return shown;
  }

  /** How many of the columns are those of the frame. */
  int shownWidth() {
    return Math.min(width, frames.width());
  }
}
