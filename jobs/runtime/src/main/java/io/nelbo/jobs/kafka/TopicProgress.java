package io.nelbo.jobs.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;

/** How far a job has read, and how much it has written, seen from the broker. */
public final class TopicProgress implements AutoCloseable {
  private final Admin admin;

  public TopicProgress(Properties clientProperties) {
    admin = Admin.create(clientProperties);
  }

  /** Sum of the group's committed offsets; zero before its first checkpoint. */
  public long committed(String group) throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (ExecutionException failed) {
      throw new KafkaException("offsets of group " + group + " cannot be read", failed);
    }
  }

  /** Log bytes of these topics on the (only) broker. */
  public long bytes(Collection<String> topics) throws InterruptedException {
    try {
      Map<Integer, Map<String, LogDirDescription>> brokers =
          admin
              .describeLogDirs(
                  admin.describeCluster().nodes().get().stream()
                      .map(node -> node.id())
                      .collect(Collectors.toList()))
              .allDescriptions()
              .get();
      return brokers.values().stream()
          .flatMap(directories -> directories.values().stream())
          .flatMap(directory -> directory.replicaInfos().entrySet().stream())
          .filter(replica -> topics.contains(replica.getKey().topic()))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException failed) {
      throw new KafkaException(
          "sizes of topics " + List.copyOf(topics) + " cannot be read", failed);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
