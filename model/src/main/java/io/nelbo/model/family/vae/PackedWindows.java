package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.objective.SoftCut;
import java.util.Arrays;

/**
 * Scaled windows as the network wants them, in direct memory that the engine reads in place.
 *
 * <p>One row of the input is {@code given values, given mask, newest values, newest mask}: given
 * are the older records and the newest record's context, newest its features. The values are
 * clipped and 0 where missing, the mask is 1 where missing (in artifacts of sensors of the first
 * format where observed: then the weights of hundreds of masks that are all 1 move together, as one
 * bias that learns too fast). The target is the newest record unclipped (the likelihood never
 * clips; values beyond {@link #MOST} would overflow when squared in float32). Where the likelihood
 * has a soft cut, all values are cut by it first. Do not pack again before the arrays made from it
 * have been read: they are views. Training and scoring share this class, so that both see the same.
 */
final class PackedWindows {
  /** Largest scaled value of the target; its square is finite in float32. */
  private static final float MOST = 0x1p50f;

  private final DenseLayout layout;
  private final float inputClip;
  private final SoftCut softCut;
  private final int capacity;
  private final AlignedFloats input;
  private final AlignedFloats target;
  private final AlignedFloats mask;
  private final float[] inputRow;
  private final float[] targetRow;
  private final float[] maskRow;

  public PackedWindows(DenseLayout layout, LikelihoodSpec likelihood, int capacity) {
    this(layout, likelihood, capacity, layout.features());
  }

  /**
   * @param targetWidth columns of the target and its mask, zero beyond the features
   */
  public PackedWindows(
      DenseLayout layout, LikelihoodSpec likelihood, int capacity, int targetWidth) {
    this.layout = layout;
    inputClip = likelihood.inputClip();
    softCut = cutOf(likelihood);
    this.capacity = capacity;
    input = new AlignedFloats(capacity * layout.inputWidth());
    target = new AlignedFloats(capacity * targetWidth);
    mask = new AlignedFloats(capacity * targetWidth);
    inputRow = new float[layout.inputWidth()];
    targetRow = new float[targetWidth];
    maskRow = new float[targetWidth];
  }

  public int capacity() {
    return capacity;
  }

  /**
   * Packs one window of {@code rowLength} scaled values, oldest record first, its features before
   * its context, NaN for missing.
   */
  public void pack(int row, float[] scaled, int offset) {
    int features = layout.features();
    int context = layout.context();
    int given = layout.rowLength() - features;
    int newest = offset + given - context;
    pack(scaled, offset, given - context, 0, given);
    pack(scaled, newest + features, context, given - context, given);
    pack(scaled, newest, features, 2 * given, features);
    if (layout.isLinear()) {
      carryForward(given - context);
    }
    for (int feature = 0; feature < features; feature++) {
      float value = (float) softCut.cut(scaled[newest + feature]);
      boolean observed = !Float.isNaN(value);
      maskRow[feature] = observed ? 1f : 0f;
      targetRow[feature] = observed ? Math.max(-MOST, Math.min(MOST, value)) : 0f;
    }
    input.put(row * inputRow.length, inputRow);
    target.put(row * targetRow.length, targetRow);
    mask.put(row * maskRow.length, maskRow);
  }

  /** A row in which nothing was observed, to fill a fixed shape. */
  public void packNothing(int row) {
    Arrays.fill(inputRow, 0f);
    Arrays.fill(targetRow, 0f);
    input.put(row * inputRow.length, inputRow);
    target.put(row * targetRow.length, targetRow);
    mask.put(row * targetRow.length, targetRow);
  }

  /** The first rows, {@code [rows, inputWidth]}. */
  public NDArray input(NDManager manager, int rows) {
    return input.view(manager, new Shape(rows, inputRow.length));
  }

  /** The newest records of the first rows, {@code [rows, targetWidth]}, 0 where missing. */
  public NDArray target(NDManager manager, int rows) {
    return target.view(manager, new Shape(rows, targetRow.length));
  }

  /** 1 where {@link #target} was observed, {@code [rows, targetWidth]}. */
  public NDArray mask(NDManager manager, int rows) {
    return mask.view(manager, new Shape(rows, maskRow.length));
  }

  /** The cut of a likelihood. */
  static SoftCut cutOf(LikelihoodSpec likelihood) {
    return likelihood.softCut() > 0 ? new SoftCut(likelihood.softCut()) : SoftCut.NONE;
  }

  /** A missing value of an older record counts as the one before it; the mask still tells. */
  private void carryForward(int olderValues) {
    for (int column = layout.columns(); column < olderValues; column++) {
      if (inputRow[column + layout.givenValues()] != 0) {
        inputRow[column] = inputRow[column - layout.columns()];
      }
    }
  }

  /** Values from this column on, their mask so many columns further. */
  private void pack(float[] scaled, int offset, int length, int column, int toMask) {
    for (int i = 0; i < length; i++) {
      float value = (float) softCut.cut(scaled[offset + i]);
      boolean observed = !Float.isNaN(value);
      inputRow[column + i] = observed ? Math.max(-inputClip, Math.min(inputClip, value)) : 0f;
      inputRow[column + toMask + i] = observed != layout.marksMissing() ? 1f : 0f;
    }
  }
}
