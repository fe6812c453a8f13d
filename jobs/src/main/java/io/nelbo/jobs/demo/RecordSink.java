package io.nelbo.jobs.demo;

/** Where the feeder puts readings: the records topic, or a list in a test. */
interface RecordSink {
  void send(Reading reading);

  /** Returns when all of them have arrived. */
  void flush();
}
