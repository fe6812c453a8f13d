package io.nelbo.jobs.demo.feed;

import io.nelbo.jobs.kafka.RecordProducer;

/** Writes into the records topic. */
public final class KafkaRecordSink implements RecordSink {
  private final RecordProducer producer;

  public KafkaRecordSink(RecordProducer producer) {
    this.producer = producer;
  }

  @Override
  public void send(FeedRecord record) {
    producer.send(record.series(), record.time(), record.value());
  }

  @Override
  public void flush() {
    producer.flush();
  }
}
