package io.nelbo.jobs.models;

import java.io.Serializable;
import java.util.OptionalLong;

/** Tells how old the records are that can still be replayed. */
@FunctionalInterface
public interface OldestRecord extends Serializable {
  /** The smallest timestamp of the source topic in epoch milliseconds; empty when unknown. */
  OptionalLong millis();
}
