package io.nelbo.jobs.retrain.job;

import io.nelbo.jobs.store.StoreLease;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.LongSupplier;

/** A recipe for the lease of the model's store that travels with the job graph. */
@FunctionalInterface
interface LeaseFactory extends Serializable {
  /**
   * Not taken yet.
   *
   * @param owner the job, through restarts and restores
   * @param attempt this run of its task
   * @param clock wall clock in epoch milliseconds
   */
  StoreLease open(String owner, String attempt, LongSupplier clock) throws IOException;
}
