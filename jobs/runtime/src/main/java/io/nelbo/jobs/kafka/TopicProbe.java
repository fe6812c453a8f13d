package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TopicsConfig.ScoresMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Asks the broker, before a job starts, whether it is there and has what the job needs. */
public final class TopicProbe {
  /** The broker does not answer, or refuses; the message names its address. */
  public static final class BrokerException extends RuntimeException {
    BrokerException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The model topic's order and completeness decide which model governs a record. */
  private static final Map<String, String> KEPT_FOR_EVER =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1")));

  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
  }

  private static final int HEADERS = 64 << 10;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final NelboConfig config;
  private final Duration timeout;

  public TopicProbe(NelboConfig config) {
    this(config, Duration.ofSeconds(15));
  }

  TopicProbe(NelboConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
  }

  /**
   * Topics of the configuration that the broker does not have, the source's first.
   *
   * @throws BrokerException when it does not answer within 15 seconds
   */
  public List<String> missing() {
    Set<String> present = ask(admin -> get(admin.listTopics().names()));
    List<String> missing = new ArrayList<>(needed());
    missing.removeAll(present);
    return missing;
  }

  /**
   * Makes the missing topics but the source's: results with as many partitions as the source, the
   * model topic with one partition and for ever, because its order decides which model governs.
   *
   * @throws BrokerException when the broker does not answer or refuses
   */
  public void createMissing() {
    List<String> missing = missing();
    String source = config.source().topic();
    if (missing.remove(source) || missing.isEmpty()) {
      return; // without the source the number of partitions is unknown
    }
    ask(
        admin -> {
          int partitions = partitions(admin, source);
          List<NewTopic> topics = new ArrayList<>();
          for (String name : missing) {
            NewTopic topic = newTopic(name, partitions);
            topics.add(
                name.equals(config.topics().deadLetters())
                    ? topic.configs(roomFor(admin, source))
                    : topic);
          }
          for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
            getUnlessItExists(made);
          }
          return topics;
        });
    awaitAll();
  }

  /** Another job that starts now may have made it, and nobody has said so yet. */
  private void getUnlessItExists(KafkaFuture<Void> made)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      get(made);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failed;
      }
    }
  }

  /** The controller knows a topic a moment before the broker that is asked for it. */
  private void awaitAll() {
    long end = System.nanoTime() + timeout.toNanos();
    while (!missing().isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /**
   * What keeps the model topic from being the one order of decisions for ever, each with the
   * command that mends it; empty when all is well or the topic does not exist.
   *
   * @throws BrokerException when the broker does not answer
   */
  public List<String> modelTopicFaults() {
    String topic = config.topics().models();
    if (missing().contains(topic)) {
      return List.of();
    }
    return ask(
        admin -> {
          ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
          Config settings =
              get(admin.describeConfigs(List.of(resource)).all())
                  .getOrDefault(resource, new Config(List.of()));
          return modelTopicFaults(partitions(admin, topic), settings);
        });
  }

  private List<String> modelTopicFaults(int partitions, Config settings) {
    String topic = config.topics().models();
    String servers = config.kafka().bootstrapServers();
    List<String> faults = new ArrayList<>();
    if (partitions != 1) {
      faults.add(
          ("model topic %s has %d partitions, it must have 1: the order of decisions would be lost;"
                  + " kafka-topics --bootstrap-server %s --delete --topic %s, then --create-topics")
              .formatted(topic, partitions, servers, topic));
    }
    KEPT_FOR_EVER.forEach(
        (name, wanted) -> {
          ConfigEntry found = settings.get(name);
          if (found == null || !wanted.equals(found.value())) {
            faults.add(
                ("model topic %s has %s=%s, it must have %s: models that govern old records would"
                        + " be forgotten; kafka-configs --bootstrap-server %s --alter --topic %s"
                        + " --add-config %s=%s")
                    .formatted(
                        topic,
                        name,
                        found == null ? "" : found.value(),
                        wanted,
                        servers,
                        topic,
                        name,
                        wanted));
          }
        });
    return faults;
  }

  /**
   * The smallest Kafka timestamp in the source topic, of its first records, in epoch milliseconds;
   * empty without the topic or without a record in it.
   *
   * @throws BrokerException when the broker does not answer
   */
  public OptionalLong oldestSourceMillis() {
    String source = config.source().topic();
    if (missing().contains(source)) {
      return OptionalLong.empty();
    }
    return ask(
        admin -> {
          Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
          for (int partition = 0; partition < partitions(admin, source); partition++) {
            wanted.put(new TopicPartition(source, partition), OffsetSpec.forTimestamp(0));
          }
          return get(admin.listOffsets(wanted).all()).values().stream()
              .filter(found -> found.offset() >= 0)
              .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::timestamp)
              .min();
        });
  }

  private int partitions(Admin admin, String topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, TopicDescription> described =
        get(admin.describeTopics(List.of(topic)).allTopicNames());
    return described.values().stream().mapToInt(each -> each.partitions().size()).sum();
  }

  /** A dead letter is the record as it came, and what is said about it. */
  private Map<String, String> roomFor(Admin admin, String source)
      throws ExecutionException, InterruptedException, TimeoutException {
    int largest = TopicRecordLimit.of(admin, source, timeout);
    int room = (int) Math.min(RecordLimit.MOST, (long) largest + HEADERS);
    return Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(room));
  }

  private NewTopic newTopic(String name, int partitions) {
    Optional<Short> brokersDefault = Optional.empty();
    if (!name.equals(config.topics().models())) {
      return new NewTopic(name, Optional.of(partitions), brokersDefault);
    }
    return new NewTopic(name, Optional.of(1), brokersDefault).configs(KEPT_FOR_EVER);
  }

  private List<String> needed() {
    List<String> topics = new ArrayList<>();
    topics.add(config.source().topic());
    topics.add(config.topics().anomalies());
    if (config.topics().scoresMode() != ScoresMode.OFF) {
      topics.add(config.topics().scores());
    }
    topics.add(config.topics().deadLetters());
    topics.add(config.topics().models());
    return topics;
  }

  private <T> T ask(Question<T> question) {
    String address = config.kafka().bootstrapServers();
    Map<String, Object> properties = new HashMap<>(config.kafka().properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
    try {
      Admin admin = Admin.create(properties);
      try {
        return question.ask(admin);
      } finally {
        admin.close(Duration.ZERO); // else it waits a minute for a broker that is not there
      }
    } catch (TimeoutException e) {
      throw new BrokerException(
          "no Kafka broker answered at " + address + " within " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException | KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BrokerException(
          "the Kafka broker at " + address + " cannot be used: " + reason.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException("interrupted while asking the Kafka broker at " + address, e);
    }
  }

  private <T> T get(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
