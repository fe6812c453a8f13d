package io.nelbo.jobs.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes topics that keep every record: deletion as clean-up policy, retention without end. */
public final class TopicAdmin {
  private static final Map<String, String> KEEP_ALL =
      Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

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
   * Makes all of {@code topics}, one replica each.
   *
   * @throws IllegalStateException if the broker refuses or does not answer in time
   */
  public void create(List<TopicSpec> topics) {
    List<NewTopic> wanted =
        topics.stream()
            .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(KEEP_ALL))
            .toList();
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(wanted).all().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The broker at %s refused to make the topics %s: %s"
              .formatted(bootstrapServers, topics, String.valueOf(e.getCause())),
          e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The broker at %s did not make the topics within %s: is it up?"
              .formatted(bootstrapServers, timeout),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while making topics", e);
    }
  }
}
