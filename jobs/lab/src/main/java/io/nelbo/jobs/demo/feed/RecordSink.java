package io.nelbo.jobs.demo.feed;

/** Where the feeder puts records: the records topic, or a list in a test. */
public interface RecordSink {
  void send(FeedRecord record);

  /** Returns when all of them have arrived. */
  void flush();
}
