package io.nelbo.jobs.demo.feed;

/** Where the feeder puts readings: the records topic, or a list in a test. */
public interface RecordSink {
  void send(Reading reading);

  /** Returns when all of them have arrived. */
  void flush();
}
