package io.nelbo.jobs.testing;

import io.nelbo.jobs.kafka.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/** Everything that a reader of a topic has seen so far, keys, headers and positions included. */
public final class TopicTail implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(50);

  private final TopicReader<ConsumerRecord<byte[], byte[]>> reader;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  private TopicTail(String bootstrapServers, String topic, IsolationLevel isolation) {
    reader = TopicReader.ofRecords(bootstrapServers, topic, isolation);
  }

  /** Sees only what has been committed. */
  public static TopicTail committed(String bootstrapServers, String topic) {
    return new TopicTail(bootstrapServers, topic, IsolationLevel.READ_COMMITTED);
  }

  /** Sees everything, aborted transactions included. */
  public static TopicTail uncommitted(String bootstrapServers, String topic) {
    return new TopicTail(bootstrapServers, topic, IsolationLevel.READ_UNCOMMITTED);
  }

  /** All records so far, after one more look. */
  public List<ConsumerRecord<byte[], byte[]>> look() {
    seen.addAll(reader.poll(WAIT));
    return List.copyOf(seen);
  }

  /** All records that the topic holds by now. */
  public List<ConsumerRecord<byte[], byte[]>> lookToTheEnd() throws Exception {
    Await.until(
        "all is read",
        () -> {
          seen.addAll(reader.poll(WAIT));
          return reader.isAtEnd();
        });
    return List.copyOf(seen);
  }

  /** How many records so far, after one more look. */
  public int count() {
    seen.addAll(reader.poll(WAIT));
    return seen.size();
  }

  @Override
  public void close() {
    reader.close();
  }
}
