package io.nelbo.jobs.demo.feed;

import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.schemas.wire.SensorRecordWriter;

/** Writes readings as sensor records into the records topic. */
public final class KafkaRecordSink implements RecordSink {
  private final RecordProducer producer;
  private final SensorRecordWriter writer = new SensorRecordWriter();

  public KafkaRecordSink(RecordProducer producer) {
    this.producer = producer;
  }

  @Override
  public void send(Reading reading) {
    int label = reading.anomalous().map(anomalous -> anomalous ? 1 : 0).orElse(-1);
    byte[] bytes =
        writer.write(reading.series(), reading.time().toEpochMilli(), reading.values(), label);
    producer.send(reading.series(), reading.time(), bytes);
  }

  @Override
  public void flush() {
    producer.flush();
  }
}
