package io.nelbo.jobs.replay.source;

import java.io.Serializable;

/** What the records of a recording are called, where each has a name of its own, like a file. */
@FunctionalInterface
public interface RecordNames extends Serializable {
  /** Records that are known by their place alone. */
  RecordNames NONE = Unnamed.RECORDS;

  /** Empty for what has none. */
  String nameOf(int partition, long offset);

  /** One instance, however often it has travelled with a job. */
  enum Unnamed implements RecordNames {
    RECORDS;

    @Override
    public String nameOf(int partition, long offset) {
      return "";
    }
  }
}
