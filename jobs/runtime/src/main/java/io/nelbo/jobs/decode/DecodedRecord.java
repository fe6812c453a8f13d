package io.nelbo.jobs.decode;

import io.nelbo.jobs.image.FoundFrame;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.schemas.DeadLetterReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link RecordDecoder} found, good or bad; reused from record to record. After {@code true}
 * the values are set, after {@code false} the reason and the message.
 */
public final class DecodedRecord {
  private static final float[] NONE = {};

  private String series = "";
  private long eventTimeMillis = TimeText.NONE;
  private String timeFault = "";
  private float[] features = NONE;
  private int label = -1;
  private DeadLetterReason reason = DeadLetterReason.UNKNOWN;
  private String message = "";
  private @Nullable FoundFrame foreignFrame;

  /** Of a refused record too, as far as it was read: then it may be empty. */
  public String series() {
    return series;
  }

  public long eventTimeMillis() {
    return eventTimeMillis;
  }

  /**
   * Raw values in the configuration's order, NaN where not observed: features, then context; the
   * caller's to keep.
   */
  public float[] features() {
    return features;
  }

  /** 1 anomalous, 0 normal, -1 unknown. */
  public int label() {
    return label;
  }

  public DeadLetterReason reason() {
    return reason;
  }

  /** The thing, the value and the rule; never the payload. */
  public String message() {
    return message;
  }

  /** What an image is that was refused for its size or its channels. */
  public Optional<FoundFrame> foreignFrame() {
    return Optional.ofNullable(foreignFrame);
  }

  void clear() {
    series = "";
    eventTimeMillis = TimeText.NONE;
    timeFault = "";
    features = NONE;
    label = -1;
    reason = DeadLetterReason.UNKNOWN;
    message = "";
    foreignFrame = null;
  }

  void setForeignFrame(@Nullable FoundFrame found) {
    foreignFrame = found;
  }

  void setSeries(String newSeries) {
    series = newSeries;
  }

  void setEventTimeMillis(long newEventTimeMillis) {
    eventTimeMillis = newEventTimeMillis;
  }

  /** Why there is no time, going on behind its name. */
  void setTimeFault(String fault) {
    timeFault = fault;
  }

  /** Empty where nothing was said of a time. */
  String timeFault() {
    return timeFault;
  }

  void setFeatures(float[] newFeatures) {
    features = newFeatures;
  }

  void setLabel(int newLabel) {
    label = newLabel;
  }

  /** Always false, so that a refusal is one line. */
  boolean reject(DeadLetterReason newReason, String newMessage) {
    reason = newReason;
    message = newMessage;
    return false;
  }
}
