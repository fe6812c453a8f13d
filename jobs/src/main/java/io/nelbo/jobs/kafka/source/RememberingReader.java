package io.nelbo.jobs.kafka.source;

import io.nelbo.jobs.config.SourceConfig.Start;
import io.nelbo.jobs.metrics.MetricNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads as the connector does, but nothing before the offsets to begin at have been held against
 * the topic that is there.
 *
 * <p>With each checkpoint it asks the broker which topic that is, and commits the group's offsets
 * only if it is still the same: else a job that starts from the group would skip records of the new
 * one. Used by the task's thread.
 */
final class RememberingReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private static final Logger LOG = LoggerFactory.getLogger(RememberingReader.class);
  private static final long ANSWER_SECONDS = 2;

  private final SourceReader<T, KafkaPartitionSplit> reader;
  private final TopicLook topic;
  private final HeldTopic held;
  private final Counter lost;
  private final TreeMap<Long, KafkaFuture<String>> looks = new TreeMap<>();
  private String topicId = "";
  private boolean unanswered;

  RememberingReader(
      SourceReader<T, KafkaPartitionSplit> reader,
      TopicLook topic,
      HeldTopic held,
      MetricGroup metrics) {
    this.reader = reader;
    this.topic = topic;
    this.held = held;
    this.lost = metrics.addGroup(MetricNames.GROUP).counter(MetricNames.RECORDS_LOST_TO_RETENTION);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    if (splits.isEmpty()) {
      return;
    }
    TopicNow now = topic.now();
    ResumedOffsets.requireSame(held.topic(), topicId, now.id());
    ResumedOffsets resumed =
        ResumedOffsets.in(now, resolved(splits, now), held.group(), held.bootstrapServers());
    for (ResumedOffsets.Lost gone : resumed.lost()) {
      lost.inc(gone.offsets());
      LOG.warn(
          "the records of {}-{} between offsets {} and {} are no longer in the topic, up to {} of"
              + " them: lost to retention before they were read; the job goes on at {}",
          gone.topic(),
          gone.partition(),
          gone.from(),
          gone.to() - 1,
          gone.offsets(),
          gone.to());
    }
    topicId = now.id();
    reader.addSplits(resumed.splits());
  }

  /** A state of before this class may hold a mark for "where the group is". */
  private List<KafkaPartitionSplit> resolved(List<KafkaPartitionSplit> splits, TopicNow now) {
    if (splits.stream()
        .noneMatch(split -> split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET)) {
      return splits;
    }
    Map<Integer, Long> committed = topic.committed(held.group());
    List<KafkaPartitionSplit> resolved = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      Long group = committed.get(split.getPartition());
      resolved.add(
          split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET
              ? new KafkaPartitionSplit(
                  split.getTopicPartition(), group == null ? otherwise(split, now) : group)
              : split);
    }
    return resolved;
  }

  private long otherwise(KafkaPartitionSplit split, TopicNow now) {
    TopicNow.Held there = now.partitions().get(split.getPartition());
    if (there == null) {
      return 0; // refused in a moment, for its partition
    }
    return held.otherwise() == Start.EARLIEST ? there.begin() : there.end();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = reader.snapshotState(checkpointId);
    if (splits.isEmpty() || topicId.isEmpty()) {
      return splits;
    }
    looks.put(checkpointId, topic.id());
    List<KafkaPartitionSplit> remembered = new ArrayList<>();
    splits.forEach(split -> remembered.add(new RememberedSplit(split, topicId)));
    return remembered;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    KafkaFuture<String> look = looks.remove(checkpointId);
    looks.headMap(checkpointId).clear();
    if (look != null && !isSame(look)) {
      return; // the next one commits more
    }
    reader.notifyCheckpointComplete(checkpointId);
  }

  private boolean isSame(KafkaFuture<String> look) throws InterruptedException {
    try {
      ResumedOffsets.requireSame(held.topic(), topicId, look.get(ANSWER_SECONDS, TimeUnit.SECONDS));
      unanswered = false;
      return true;
    } catch (ExecutionException | TimeoutException silence) {
      if (!unanswered) {
        LOG.warn(
            "offsets of group {} are not committed while source topic {} cannot be looked at: {}",
            held.group(),
            held.topic(),
            String.valueOf(silence.getMessage()));
      }
      unanswered = true; // said once, until it is there again
      return false;
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    looks.remove(checkpointId);
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    return reader.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return reader.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    try {
      reader.close();
    } finally {
      topic.close();
    }
  }
}
