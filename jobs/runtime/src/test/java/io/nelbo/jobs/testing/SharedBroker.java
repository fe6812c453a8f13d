package io.nelbo.jobs.testing;

import io.nelbo.jobs.broker.EmbeddedBroker;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real broker for all tests of a run; each test makes topics of its own names. */
public final class SharedBroker implements BeforeAllCallback {
  private @Nullable Running running;

  /** Closed by JUnit after the last test. */
  private static final class Running implements AutoCloseable {
    private final Path folder;
    private final EmbeddedBroker broker;

    Running() throws IOException {
      folder = Files.createTempDirectory("nelbo-test-broker");
      broker = EmbeddedBroker.start(folder);
    }

    @Override
    public void close() throws IOException {
      broker.close();
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(SharedBroker.class, key -> start(), Running.class);
  }

  private static Running start() {
    try {
      return new Running();
    } catch (IOException e) {
      throw new IllegalStateException("no folder for the test broker", e);
    }
  }

  /** {@code host:port}. */
  public String bootstrapServers() {
    if (running == null) {
      throw new IllegalStateException("the broker starts before the first test");
    }
    return running.broker.bootstrapServers();
  }

  /** Makes the five topics of a configuration, the source with so many partitions. */
  public void createTopics(NelboConfig config, int partitions) {
    create(
        List.of(
            new TopicSpec(config.source().topic(), partitions),
            new TopicSpec(config.topics().models(), 1)));
    createOutputs(config, partitions);
  }

  /** Makes only the topics that a scoring job writes; source and models are there. */
  public void createOutputs(NelboConfig config, int partitions) {
    create(
        List.of(
            new TopicSpec(config.topics().scores(), partitions),
            new TopicSpec(config.topics().anomalies(), 1),
            new TopicSpec(config.topics().deadLetters(), 1)));
  }

  private void create(List<TopicSpec> topics) {
    new TopicAdmin(bootstrapServers(), Duration.ofSeconds(30)).create(topics);
  }
}
