package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigPrinterTest {
  private static final String YAML =
      """
      detector: pump-vibration
      features: [pressure, "7", "on"]
      kafka:
        bootstrap-servers: localhost:9092
        properties:
          compression.type: lz4
          ssl.keystore.password: hunter2
          sasl.jaas.config: "...LoginModule required username='u' password='hunter2';"
      source: {topic: plant.pumps.records}
      model: {store: /var/$$models}
      """;

  private final ConfigLoader loader = new ConfigLoader(Map.<String, String>of()::get);
  private final ConfigPrinter printer = new ConfigPrinter();

  @Test
  void printsWhatTheLoaderReadsBack() {
    NelboConfig config = loader.parse(YAML.replaceAll("(?m)^.*hunter2.*\n", ""), "test");

    String printed = printer.effective(config);

    assertThat(loader.parse(printed, "printed")).isEqualTo(config);
    assertThat(printed)
        .contains("  load-timeout: 30s\n", "  max-bytes: 256MiB\n", "  guarantee: exactly-once\n");
  }

  @Test
  void masksSecrets() {
    NelboConfig config = loader.parse(YAML, "test");

    String printed = printer.effective(config);

    assertThat(printed)
        .doesNotContain("hunter2")
        .contains("compression.type: lz4")
        .contains("ssl.keystore.password: " + ConfigPrinter.MASK)
        .contains("sasl.jaas.config: " + ConfigPrinter.MASK);
  }
}
