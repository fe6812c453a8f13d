package io.nelbo.schemas.wire;

import io.nelbo.schemas.SensorRecord;
import java.util.Arrays;

/**
 * Reads {@link SensorRecord} without building it: the fields of the last record read stay here
 * until the next. Equal series give the same {@code String}; the features are a fresh array, the
 * caller's to keep. Current bytes are decoded by hand, older versions by {@link SingleObject}. Not
 * thread-safe.
 */
public final class SensorRecordReader {
  private static final long CURRENT = Header.fingerprint(SensorRecord.getClassSchema());
  private static final float[] NONE = {};

  private final CheckedDecoder decoder = new CheckedDecoder();
  private final TextCache cache = new TextCache();
  private final SingleObject<SensorRecord> anyVersion = SingleObject.of(SensorRecord.class);

  private String series = "";
  private long eventTimeMillis;
  private float[] features = NONE;
  private int label = -1;

  /**
   * Reads one record into this reader's fields, which mean nothing after an exception.
   *
   * @throws WireFormatException if the bytes are not exactly one record
   */
  public void read(byte[] bytes) throws WireFormatException {
    if (Header.read(bytes) != CURRENT) {
      copy(anyVersion.decode(bytes));
      return;
    }
    decoder.reset(bytes, Header.LENGTH);
    try {
      series = decoder.readString(cache);
      eventTimeMillis = decoder.readLong();
      features = readFeatures();
      label = readLabel();
      decoder.requireEnd();
    } finally {
      decoder.release();
    }
  }

  public String series() {
    return series;
  }

  public long eventTimeMillis() {
    return eventTimeMillis;
  }

  /** Raw values, NaN where not observed; never shared with a later record. */
  public float[] features() {
    return features;
  }

  /** 1 anomalous, 0 normal, -1 unknown. */
  public int label() {
    return label;
  }

  /** An array comes in blocks, nearly always one, ended by an empty block. */
  private float[] readFeatures() throws WireFormatException {
    int block = (int) decoder.readArrayStart();
    if (block == 0) {
      return NONE;
    }
    float[] values = readBlock(NONE, 0, block);
    int size = block;
    while ((block = (int) decoder.arrayNext()) != 0) {
      values = readBlock(values, size, block);
      size += block;
    }
    return values.length == size ? values : Arrays.copyOf(values, size);
  }

  /** Appends a block, doubling where it does not fit, since a block may be as small as one. */
  private float[] readBlock(float[] values, int size, int block) throws WireFormatException {
    decoder.requireLeft(block * (long) Float.BYTES);
    float[] roomy =
        size + block <= values.length
            ? values
            : Arrays.copyOf(values, Math.max(size + block, 2 * size));
    decoder.readFloats(roomy, size, block);
    return roomy;
  }

  private int readLabel() throws WireFormatException {
    int branch = decoder.readIndex();
    if (branch == 0) {
      return -1;
    }
    if (branch == 1) {
      return decoder.readBoolean() ? 1 : 0;
    }
    throw WireFormatException.corrupt("label is branch %d of 2".formatted(branch));
  }

  private void copy(SensorRecord record) {
    series = record.getSeries();
    eventTimeMillis = record.getEventTime().toEpochMilli();
    features = new float[record.getFeatures().size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = record.getFeatures().get(i);
    }
    Boolean known = record.getLabel();
    label = known == null ? -1 : known ? 1 : 0;
  }
}
