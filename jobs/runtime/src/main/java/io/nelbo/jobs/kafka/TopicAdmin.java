package io.nelbo.jobs.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/** Makes topics that keep every record: deletion as clean-up policy, retention without end. */
public final class TopicAdmin {
  private static final Map<String, String> KEEP_ALL =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final String bootstrapServers;
  private final Duration timeout;

  /**
   * @param timeout how long the broker may take to answer
   */
  public TopicAdmin(String bootstrapServers, Duration timeout) {
    this.bootstrapServers = bootstrapServers;
    this.timeout = timeout;
  }

  /**
   * Makes all of {@code topics}, one replica each. Returns when the broker lists them: the
   * controller knows a topic a moment before.
   *
   * @throws IllegalStateException if the broker refuses or does not answer in time
   */
  public void create(List<TopicSpec> topics) {
    List<NewTopic> wanted =
        topics.stream()
            .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(settings(t)))
            .toList();
    perform("make topics " + topics, admin -> admin.createTopics(wanted).all());
    List<String> names = topics.stream().map(TopicSpec::name).toList();
    long end = System.nanoTime() + timeout.toNanos();
    while (!perform("list topics", admin -> admin.listTopics().names()).containsAll(names)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "The broker at %s does not list topics %s within %s of their making"
                .formatted(bootstrapServers, names, timeout));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private static Map<String, String> settings(TopicSpec topic) {
    Map<String, String> settings = new HashMap<>(KEEP_ALL);
    if (topic.stampedOnArrival()) {
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    return settings;
  }

  /**
   * Deletes all of {@code topics}.
   *
   * @throws IllegalStateException if the broker refuses or does not answer in time
   */
  public void delete(List<String> topics) {
    perform("delete topics " + topics, admin -> admin.deleteTopics(topics).all());
  }

  private <T> T perform(String what, Function<Admin, KafkaFuture<T>> request) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      return request.apply(admin).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The broker at %s refused to %s: %s"
              .formatted(bootstrapServers, what, String.valueOf(e.getCause())),
          e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The broker at %s did not %s within %s: is it up?"
              .formatted(bootstrapServers, what, timeout),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting to " + what, e);
    }
  }
}
