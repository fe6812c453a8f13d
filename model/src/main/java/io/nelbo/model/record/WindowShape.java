package io.nelbo.model.record;

import static io.nelbo.model.Preconditions.requireArgument;

import java.io.Serializable;

/**
 * What a model sees of a series: so many records, the newest of which is scored.
 *
 * @param length records per window
 * @param record what each is made of
 */
public record WindowShape(int length, RecordShape record) implements Serializable {
  public WindowShape {
    requireArgument(length >= 1, "windowLength must be positive, got %s", length);
  }

  /** Of the newest record: what is scored. */
  public int features() {
    return record.featureCount();
  }

  /** Values per record. */
  public int columns() {
    return record.columnCount();
  }

  /** Values per record that are not scored. */
  public int context() {
    return columns() - features();
  }

  /** Values per window, record after record, each with its features before its context. */
  public int rowLength() {
    return Math.multiplyExact(length, columns());
  }

  /** Values of a window that are known when the newest record's features are not. */
  public int given() {
    return rowLength() - features();
  }

  /** Where the newest record begins in the given row of windows side by side. */
  public int newest(int row) {
    return (row + 1) * rowLength() - columns();
  }
}
