package io.nelbo.jobs.demo.feed;

/** What has been seen on the models topic so far. */
public interface Decisions {
  /**
   * How many there are: one per slide border that event time has passed.
   *
   * @throws IllegalStateException if none can come any more, because a job has failed
   */
  int count();
}
