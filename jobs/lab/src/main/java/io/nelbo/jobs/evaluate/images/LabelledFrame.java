package io.nelbo.jobs.evaluate.images;

import java.util.BitSet;
import java.util.Optional;

/**
 * One image of a set, in the size of the set's frames.
 *
 * @param name for messages
 * @param values of 0 to 255, row after row, the channels of a point side by side
 * @param anomalous whether it shows a defect
 * @param mask where, row after row; of a good image nowhere, empty where nobody says
 */
@SuppressWarnings("ArrayRecordComponent") // large by nature, never compared
public record LabelledFrame(String name, byte[] values, boolean anomalous, Optional<BitSet> mask) {
  /** A good image. */
  public static LabelledFrame normal(String name, byte[] values) {
    return new LabelledFrame(name, values, false, Optional.of(new BitSet()));
  }

  /** Writes the values as numbers. */
  public void copyTo(float[] target, int from) {
    for (int i = 0; i < values.length; i++) {
      target[from + i] = values[i] & 0xff;
    }
  }
}
