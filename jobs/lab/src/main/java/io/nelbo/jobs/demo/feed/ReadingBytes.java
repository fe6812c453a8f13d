package io.nelbo.jobs.demo.feed;

import io.nelbo.schemas.wire.SensorRecordWriter;
import java.util.Iterator;
import java.util.List;

/** Writes readings as sensor records, tick by tick as they are asked for. One thread only. */
public final class ReadingBytes implements Iterator<List<FeedRecord>> {
  private final Iterator<List<Reading>> ticks;
  private final SensorRecordWriter writer = new SensorRecordWriter();

  /**
   * @param ticks readings of one instant each
   */
  public ReadingBytes(Iterator<List<Reading>> ticks) {
    this.ticks = ticks;
  }

  @Override
  public boolean hasNext() {
    return ticks.hasNext();
  }

  @Override
  public List<FeedRecord> next() {
    return ticks.next().stream().map(this::written).toList();
  }

  private FeedRecord written(Reading reading) {
    int label = reading.anomalous().map(anomalous -> anomalous ? 1 : 0).orElse(-1);
    byte[] bytes =
        writer.write(reading.series(), reading.time().toEpochMilli(), reading.values(), label);
    return new FeedRecord(reading.series(), reading.time(), bytes);
  }
}
