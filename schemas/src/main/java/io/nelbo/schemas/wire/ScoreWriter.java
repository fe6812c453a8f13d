package io.nelbo.schemas.wire;

import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import org.apache.avro.Schema;

/**
 * Writes the current version of {@link Score} from its parts; the same bytes as {@link
 * SingleObject}, without the record. A score is told part by part, from {@link #record} on, and
 * ends with {@link #scored} or {@link #unscored}. Not thread-safe.
 */
public final class ScoreWriter {
  private static final int NULL = 0;
  private static final int VALUE = 1;

  private static final Schema STATUS = Score.getClassSchema().getField("status").schema();

  private final WireBuffer buffer = new WireBuffer(Score.getClassSchema());

  private String series = "";
  private long eventTimeMillis;
  private int partition;
  private long offset;
  private int label;
  private double score;
  private double pValue;
  private boolean pExtrapolated;
  private double smoothedScore;
  private double smoothedPValue;
  private double negativeElbo;
  private double reconstruction;
  private double kl;
  private double expectedLoss;

  /**
   * Begins with another record, without any score.
   *
   * @param recordLabel 1 anomalous, 0 normal, -1 unknown
   */
  public ScoreWriter record(
      String ofSeries, long timeMillis, int sourcePartition, long sourceOffset, int recordLabel) {
    series = ofSeries;
    eventTimeMillis = timeMillis;
    partition = sourcePartition;
    offset = sourceOffset;
    label = recordLabel;
    surprise(Double.NaN, Double.NaN, false);
    smoothed(Double.NaN, Double.NaN);
    expectedLoss(Double.NaN);
    return nats(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * How strange it is.
   *
   * @param inBorders log p / log p_border
   * @param p share of normal records at least as strange
   * @param extrapolated whether p lies beyond all held-out data
   */
  public ScoreWriter surprise(double inBorders, double p, boolean extrapolated) {
    score = inBorders;
    pValue = p;
    pExtrapolated = extrapolated;
    return this;
  }

  /** The same of it and of the mean over its predecessors together; NaN without smoothing. */
  public ScoreWriter smoothed(double inBorders, double p) {
    smoothedScore = inBorders;
    smoothedPValue = p;
    return this;
  }

  /** Nats of the raw features: the bound and its two terms. */
  public ScoreWriter nats(double bound, double reconstructionTerm, double klTerm) {
    negativeElbo = bound;
    reconstruction = reconstructionTerm;
    kl = klTerm;
    return this;
  }

  /** Nats of the raw features: how unexpected it was; NaN where the model does not say. */
  public ScoreWriter expectedLoss(double nats) {
    expectedLoss = nats;
    return this;
  }

  /**
   * The bytes of a record that has a score.
   *
   * @param cold whether the model had never seen the series
   * @param overdue whether another than the governing model scored
   */
  public byte[] scored(String modelVersion, boolean cold, boolean overdue) {
    start(ScoreStatus.SCORED);
    value(score);
    value(pValue);
    value(negativeElbo);
    value(reconstruction);
    value(kl);
    buffer.writeLong(VALUE);
    buffer.writeString(modelVersion);
    buffer.writeBoolean(cold);
    return end(overdue, pExtrapolated);
  }

  /**
   * The bytes of a record that has none.
   *
   * @param status why not
   * @param overdue whether a model had not loaded in time, and none could stand in
   */
  public byte[] unscored(ScoreStatus status, boolean overdue) {
    if (status == ScoreStatus.SCORED) {
      throw new IllegalArgumentException("status of a record without a score must not be SCORED");
    }
    start(status);
    for (int field = 0; field < 6; field++) { // score to model_version
      buffer.writeLong(NULL);
    }
    buffer.writeBoolean(false); // cold
    return end(overdue, false);
  }

  private void start(ScoreStatus status) {
    buffer.restart();
    buffer.writeString(series);
    buffer.writeLong(eventTimeMillis);
    buffer.writeLong(partition);
    buffer.writeLong(offset);
    buffer.writeLong(STATUS.getEnumOrdinal(status.name()));
  }

  private byte[] end(boolean overdue, boolean extrapolated) {
    buffer.writeBoolean(overdue);
    buffer.writeLabel(label);
    optional(smoothedScore);
    optional(smoothedPValue);
    buffer.writeBoolean(extrapolated);
    optional(expectedLoss);
    return buffer.toBytes();
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
