package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import java.io.Serializable;

/**
 * How time passes where models are trained: a live stream goes on meanwhile, a recording waits.
 * Travels with the job graph.
 */
interface StreamTime extends Serializable {
  /** Which models were announced before. */
  ModelHistory history();

  /**
   * The time that is said of a decision, in epoch milliseconds; for people only.
   *
   * @param processingMillis wall clock
   * @param watermarkMillis event time that has come
   */
  long decidedAtMillis(long processingMillis, long watermarkMillis);

  /**
   * Event time at which a training is taken to have ended.
   *
   * @param spanEndMillis of what was trained on
   * @param newestMillis highest event time seen
   */
  long trainedAtMillis(long spanEndMillis, long newestMillis);

  /** Whether the stream waits for each decision. */
  boolean waitsForDecisions();

  /** Whether records are let go of for want of memory, be they needed or not. */
  boolean keepsToMemory();

  /** The decision as it is written down. */
  ModelNotice announced(ModelNotice notice);
}
