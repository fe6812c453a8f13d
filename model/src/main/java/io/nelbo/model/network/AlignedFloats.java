package io.nelbo.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Direct memory that the engine reads in place, at an address that is a multiple of 64.
 *
 * <p>The engine's matrix product peels off elements until an address is aligned, so the alignment
 * of a buffer shows in the last bits; Java aligns direct memory to 16 bytes only, at random beyond
 * that. With aligned memory the same training gives the same bits in every process.
 */
public final class AlignedFloats {
  private static final int ALIGNMENT = 64;

  private final ByteBuffer bytes;
  private final FloatBuffer floats;

  public AlignedFloats(int capacity) {
    // A whole number of alignments and one to spare: the slice is rounded down at both ends.
    int needed = (capacity * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    bytes =
        ByteBuffer.allocateDirect(needed + ALIGNMENT)
            .alignedSlice(ALIGNMENT)
            .order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
  }

  /** Copies all values to the given place. */
  public void put(int offset, float[] values) {
    floats.put(offset, values);
  }

  /** A view of the leading floats; do not put anything before it has been read. */
  public NDArray view(NDManager manager, Shape shape) {
    ByteBuffer slice = bytes.duplicate().order(ByteOrder.nativeOrder());
    slice.limit(Math.toIntExact(shape.size()) * Float.BYTES);
    return manager.create(slice, shape, DataType.FLOAT32);
  }
}
