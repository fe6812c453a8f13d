package io.nelbo.jobs;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import java.util.Map;

/** A small valid configuration, and variations of it. */
public final class TestConfig {
  private static final String BASE =
      """
      detector: test
      features: [a, b, c]
      kafka: {bootstrap-servers: "localhost:1"}
      source: {topic: test.sensors.records}
      model: {store: /nowhere}
      alert: {episode-gap: 10m}
      """;

  private TestConfig() {}

  public static NelboConfig of() {
    return of("");
  }

  /** The base with these lines of YAML added; whole sections replace the base's. */
  public static NelboConfig of(String yaml) {
    StringBuilder text = new StringBuilder();
    Map<String, String> sections = sections(BASE);
    sections.putAll(sections(yaml));
    sections.values().forEach(text::append);
    return new ConfigLoader().parse(text.toString(), "test configuration");
  }

  private static Map<String, String> sections(String yaml) {
    Map<String, String> sections = new java.util.LinkedHashMap<>();
    String current = "";
    for (String line : yaml.lines().toList()) {
      if (!line.startsWith(" ") && line.contains(":")) {
        current = line.substring(0, line.indexOf(':'));
        sections.put(current, "");
      }
      sections.merge(current, line + "\n", String::concat);
    }
    return sections;
  }
}
