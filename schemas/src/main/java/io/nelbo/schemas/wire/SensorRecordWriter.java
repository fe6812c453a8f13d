package io.nelbo.schemas.wire;

import io.nelbo.schemas.SensorRecord;

/**
 * Writes the current version of {@link SensorRecord} from its parts; the same bytes as {@link
 * SingleObject}, without the record. Not thread-safe.
 */
public final class SensorRecordWriter {
  private final WireBuffer buffer = new WireBuffer(SensorRecord.getClassSchema());

  /**
   * @param features raw values, NaN where not observed
   * @param label 1 anomalous, 0 normal, -1 unknown
   */
  public byte[] write(String series, long eventTimeMillis, float[] features, int label) {
    buffer.restart();
    buffer.writeString(series);
    buffer.writeLong(eventTimeMillis);
    buffer.writeFloats(features);
    buffer.writeLabel(label);
    return buffer.toBytes();
  }
}
