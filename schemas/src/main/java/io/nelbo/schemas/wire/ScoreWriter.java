package io.nelbo.schemas.wire;

import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import org.apache.avro.Schema;

/**
 * Writes the current version of {@link Score} from its parts; the same bytes as {@link
 * SingleObject}, without the record. Not thread-safe.
 */
public final class ScoreWriter {
  private static final int NULL = 0;
  private static final int VALUE = 1;

  private static final Schema STATUS = Score.getClassSchema().getField("status").schema();

  private final WireBuffer buffer = new WireBuffer(Score.getClassSchema());

  /**
   * A record that has a score.
   *
   * @param score log p / log p_border
   * @param negativeElbo nats of the raw features
   * @param reconstruction nats of the raw features
   * @param kl nats
   * @param label 1 anomalous, 0 normal, -1 unknown
   * @param smoothedScore NaN without smoothing, like the next
   * @param pExtrapolated whether the p-value lies beyond all held-out data
   */
  public byte[] scored(
      String series,
      long eventTimeMillis,
      int partition,
      long offset,
      double score,
      double pValue,
      double negativeElbo,
      double reconstruction,
      double kl,
      String modelVersion,
      boolean cold,
      boolean overdue,
      int label,
      double smoothedScore,
      double smoothedPValue,
      boolean pExtrapolated) {
    start(series, eventTimeMillis, partition, offset, ScoreStatus.SCORED);
    value(score);
    value(pValue);
    value(negativeElbo);
    value(reconstruction);
    value(kl);
    buffer.writeLong(VALUE);
    buffer.writeString(modelVersion);
    buffer.writeBoolean(cold);
    buffer.writeBoolean(overdue);
    buffer.writeLabel(label);
    optional(smoothedScore);
    optional(smoothedPValue);
    buffer.writeBoolean(pExtrapolated);
    return buffer.toBytes();
  }

  /**
   * A record that has none.
   *
   * @param status why not
   * @param overdue whether a model had not loaded in time, and none could stand in
   * @param label 1 anomalous, 0 normal, -1 unknown
   */
  public byte[] unscored(
      String series,
      long eventTimeMillis,
      int partition,
      long offset,
      ScoreStatus status,
      boolean overdue,
      int label) {
    if (status == ScoreStatus.SCORED) {
      throw new IllegalArgumentException("status of a record without a score must not be SCORED");
    }
    start(series, eventTimeMillis, partition, offset, status);
    for (int field = 0; field < 6; field++) { // score to model_version
      buffer.writeLong(NULL);
    }
    buffer.writeBoolean(false); // cold
    buffer.writeBoolean(overdue);
    buffer.writeLabel(label);
    optional(Double.NaN);
    optional(Double.NaN);
    buffer.writeBoolean(false); // p_extrapolated
    return buffer.toBytes();
  }

  private void start(
      String series, long eventTimeMillis, int partition, long offset, ScoreStatus status) {
    buffer.restart();
    buffer.writeString(series);
    buffer.writeLong(eventTimeMillis);
    buffer.writeLong(partition);
    buffer.writeLong(offset);
    buffer.writeLong(STATUS.getEnumOrdinal(status.name()));
  }

  private void optional(double value) {
    if (Double.isNaN(value)) {
      buffer.writeLong(NULL);
    } else {
      value(value);
    }
  }

  private void value(double value) {
    buffer.writeLong(VALUE);
    buffer.writeDouble(value);
  }
}
