package io.nelbo.jobs.retrain.run;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * What is done once nothing of a task can train or publish any more. Travels with the job graph.
 */
@FunctionalInterface
public interface AfterTraining extends Serializable {
  /** Nothing is held meanwhile. */
  AfterTraining NOTHING = attempt -> {};

  /**
   * The trainer's thread has ended.
   *
   * @param attempt of the task, the same for all operators that are chained in it
   */
  void ended(String attempt) throws IOException;

  /** Name of this run of the task, the same for all operators that are chained in it. */
  static String attemptOf(AbstractStreamOperator<?> operator) {
    return operator.getContainingTask().getEnvironment().getExecutionId().toString();
  }
}
