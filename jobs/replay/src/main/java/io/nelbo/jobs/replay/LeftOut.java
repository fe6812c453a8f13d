package io.nelbo.jobs.replay;

import io.nelbo.jobs.stream.Decoded;
import java.time.Instant;

/** Counts the records that are no examples of the normal before some time, by reason. */
final class LeftOut {
  private static final int ANOMALOUS = 1;

  private final Instant until;
  private long refused;
  private long anomalous;
  private long later;
  private String firstRefusal = "";

  LeftOut(Instant until) {
    this.until = until;
  }

  /** Whether it is an example; else it is counted. */
  boolean isNormal(Decoded record) {
    if (record.isRejected()) {
      firstRefusal = refused++ == 0 ? record.refusal().message() : firstRefusal;
      return false;
    }
    boolean isLater = record.eventTimeMillis() >= until.toEpochMilli();
    boolean isAnomalous = record.wellFormed().label() == ANOMALOUS;
    later += isLater ? 1 : 0;
    anomalous += !isLater && isAnomalous ? 1 : 0;
    return !isLater && !isAnomalous;
  }

  String text() {
    return "left out: %,d at or after it, %,d with an anomalous label, %,d refused%s"
        .formatted(
            later, anomalous, refused, refused == 0 ? "" : ", the first because " + firstRefusal);
  }
}
