package io.nelbo.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nelbo.jobs.testing.EveryRecordIsScoredOnce.Position;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records of {@link CorrelatedSensors} on a topic, and where each of them came to lie. */
public final class RecordStream implements AutoCloseable {
  /** Event time before the first record, epoch milliseconds. */
  public static final long START = 1_700_000_000_000L;

  private final RawProducer producer;
  private final CorrelatedSensors sensors;
  private final int series;
  private final int partitions;
  private final long stepMillis;
  private final SensorRecordWriter writer = new SensorRecordWriter();
  private final Set<Position> sent = ConcurrentHashMap.newKeySet();
  private long time = START;
  private int next;

  /**
   * A stream that starts anew.
   *
   * @param series their number; each stays in one partition
   * @param stepMillis event time from one record to the next, of whichever series
   */
  public RecordStream(
      String bootstrapServers, String topic, int partitions, int series, long stepMillis) {
    this.producer = new RawProducer(bootstrapServers, topic);
    this.sensors = new CorrelatedSensors(3);
    this.partitions = partitions;
    this.series = series;
    this.stepMillis = stepMillis;
  }

  /** So many records as they should be, each series in turn. */
  public void send(int count) {
    for (int i = 0; i < count; i++) {
      send(sensors.normal());
    }
    producer.flush();
  }

  /** One record in which {@code b} contradicts the other sensors. */
  public void sendBroken() {
    send(sensors.broken());
    producer.flush();
  }

  /** One record with these values. */
  public void send(float[] features) {
    String name = "s" + next % series;
    time += stepMillis;
    byte[] value = writer.write(name, time, features, -1);
    producer.send(next % series % partitions, time, name.getBytes(UTF_8), value, sent::add);
    next++;
  }

  /** Records of the first series that are older than what it has sent already. */
  public void sendLate(int count) {
    sendLate(count, START);
  }

  /** The same with their event time; they are written at the time of the last record. */
  public void sendLate(int count, long eventTimeMillis) {
    for (int i = 0; i < count; i++) {
      byte[] value = writer.write("s0", eventTimeMillis, sensors.normal(), -1);
      producer.send(0, time, "s0".getBytes(UTF_8), value, position -> {});
    }
    producer.flush();
  }

  /** Bytes that are no record. */
  public void sendGarbage(int count) {
    for (int i = 0; i < count; i++) {
      producer.send(0, time, null, "garbage".getBytes(UTF_8), position -> {});
    }
    producer.flush();
  }

  /** Event time of the last record, epoch milliseconds. */
  public long lastMillis() {
    return time;
  }

  /** Where the well-formed records in their order lie. */
  public Set<Position> sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
