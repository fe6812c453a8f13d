package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** The five keys that a configuration needs, on six lines; tests add theirs from line seven on. */
final class SmallestConfig {
  static final String SMALLEST =
      """
      detector: pump-vibration
      features: [pressure, flow]
      kafka: {bootstrap-servers: "localhost:9092"}
      source: {topic: plant.pumps.records}
      model:
        store: /var/nelbo
      """;

  private static final ConfigLoader LOADER = new ConfigLoader(Map.<String, String>of()::get);

  private SmallestConfig() {}

  static NelboConfig parse(String yaml) {
    return LOADER.parse(yaml, "test");
  }

  /** What is wrong with this text. */
  static List<String> problemsOf(String yaml) {
    return problemsOf(LOADER, yaml);
  }

  static List<String> problemsOf(ConfigLoader loader, String yaml) {
    return catchThrowableOfType(InvalidConfigException.class, () -> loader.parse(yaml, "test"))
        .problems();
  }
}
