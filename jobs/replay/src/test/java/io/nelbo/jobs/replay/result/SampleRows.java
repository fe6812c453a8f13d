package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.replay.result.ScoreRow.Judge;
import io.nelbo.jobs.replay.result.ScoreRow.Nats;
import io.nelbo.jobs.replay.result.ScoreRow.Origin;
import io.nelbo.jobs.replay.result.ScoreRow.Surprise;
import io.nelbo.jobs.stream.ScoredRecord.Status;

/** Rows as a detector with a border at one in a thousand would write them. */
public final class SampleRows {
  private SampleRows() {}

  /** By the first model; it alarms from 1 on. */
  public static ScoreRow scored(Origin origin, double score) {
    return scored(origin, new Judge("v000001", false, false), score);
  }

  public static ScoreRow scored(Origin origin, Judge judge, double score) {
    return new ScoreRow(
        origin,
        Status.SCORED,
        judge,
        new Nats(3 * score, 2.5 * score, 0.5 * score),
        new Surprise(Math.pow(0.001, score), score, false),
        Surprise.NONE,
        score >= 1);
  }

  /** Of a record before the first model. */
  public static ScoreRow unscored(Origin origin) {
    return new ScoreRow(
        origin,
        Status.NO_MODEL,
        new Judge("", false, false),
        Nats.NONE,
        Surprise.NONE,
        Surprise.NONE,
        false);
  }
}
