package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.testing.SharedBroker;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics on a real broker. */
final class TopicProbeIT {
  private static final int JOBS = 8;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @Test
  void jobsThatStartAtOnceMayAllMakeTheTopics() throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            kafka: {bootstrap-servers: "%s"}
            source: {topic: at-once.records}
            """
                .formatted(BROKER.bootstrapServers()));
    new TopicAdmin(BROKER.bootstrapServers(), Duration.ofSeconds(30))
        .create(List.of(new TopicSpec(config.source().topic(), 2)));
    Callable<List<String>> job =
        () -> {
          TopicProbe probe = new TopicProbe(config);
          probe.createMissing();
          return probe.missing();
        };
    ExecutorService starter = Executors.newFixedThreadPool(JOBS);

    List<Future<List<String>>> missing = starter.invokeAll(Collections.nCopies(JOBS, job));

    starter.shutdown();
    for (Future<List<String>> of : missing) {
      assertThat(of.get()).isEmpty();
    }
  }
}
