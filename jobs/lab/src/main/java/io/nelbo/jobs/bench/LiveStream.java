package io.nelbo.jobs.bench;

import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records at a steady pace, on a thread of its own until it is closed. A record's event time is the
 * moment at which it was due, whether or not the thread could keep up: a job that holds the stream
 * up is charged for the wait too.
 */
final class LiveStream implements AutoCloseable {
  private static final long NAP_MILLIS = 1;
  private static final Duration END = Duration.ofSeconds(10);

  private final BenchStream values;
  private final double recordsPerSecond;
  private final RecordProducer producer;
  private final Thread thread;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile long sent;

  /**
   * Starts at once.
   *
   * @throws IllegalArgumentException when one series would have two records in a millisecond
   */
  LiveStream(BenchGround ground, double recordsPerSecond) {
    BenchPlan plan = ground.plan();
    if (recordsPerSecond > 1_000.0 * plan.series()) {
      throw new IllegalArgumentException(
          "%s records/s of %s series: event times are milliseconds, so at most %s"
              .formatted(recordsPerSecond, plan.series(), 1_000 * plan.series()));
    }
    // Its own, since a training may draw from the ground's at the same time.
    values = new BenchStream(plan.features(), plan.series(), plan.seed());
    this.recordsPerSecond = recordsPerSecond;
    producer = ground.recordProducer();
    thread = new Thread(this::send, "nelbo-bench-stream");
    thread.setDaemon(true);
    thread.start();
  }

  private void send() {
    SensorRecordWriter writer = new SensorRecordWriter();
    long startNanos = System.nanoTime();
    long startMillis = System.currentTimeMillis();
    try {
      while (!closed) {
        long due = (long) ((System.nanoTime() - startNanos) * recordsPerSecond / 1e9);
        for (long i = sent; i < due && !closed; i++) {
          long time = startMillis + (long) (i / recordsPerSecond * 1e3);
          String series = values.seriesOf(i);
          producer.send(
              series, Instant.ofEpochMilli(time), writer.write(series, time, values.next(), -1));
          sent = i + 1;
        }
        Thread.sleep(NAP_MILLIS);
      }
      producer.flush();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      failure.set(failed);
    }
  }

  /** Records so far; all of them once it is closed. */
  long sent() {
    return sent;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join(END.toMillis());
    producer.close();
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the stream failed: the figures say nothing", failed);
    }
    if (thread.isAlive()) {
      throw new IllegalStateException("the stream does not end within " + END);
    }
  }
}
