package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.schemas.Anomaly;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The tables of the pages say what the code says. */
final class PagesTest {
  private static final Set<String> NO_METRICS = Set.of(MetricNames.GROUP, MetricNames.REASON);

  @Test
  void listsEverySettingWithItsDefaultAndItsMeaning() {
    String expected =
        SettingKey.all().stream()
            .map(PagesTest::row)
            .collect(
                Collectors.joining(
                    "\n", "| key | default | kind | meaning |\n|---|---|---|---|\n", "\n"));

    assertThat(between("CONFIGURATION.md", "settings")).isEqualTo(expected);
  }

  @Test
  void explainsEveryFieldOfTheAnomalyEvent() {
    List<String> fields =
        Anomaly.getClassSchema().getFields().stream().map(Schema.Field::name).toList();

    assertThat(page("EVENTS.md")).contains(fields.stream().map(name -> "`" + name + "`").toList());
  }

  @Test
  void namesEveryMetricAndNoOther() throws Exception {
    List<String> named = new ArrayList<>();
    for (Field field : MetricNames.class.getFields()) {
      named.add((String) field.get(null));
    }
    named.removeAll(NO_METRICS);

    List<String> listed =
        between("OPERATING.md", "metrics")
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`", -1)[1])
            .toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void theReadmesExampleIsAValidConfiguration() {
    String yaml = page("../../README.md").split("```yaml\n", 2)[1].split("```", 2)[0];

    NelboConfig config = new ConfigLoader(Map.<String, String>of()::get).parse(yaml, "README.md");

    assertThat(config.topics().anomalies()).isEqualTo("plant.pumps.anomalies");
  }

  private static String row(SettingKey key) {
    String fallback = key.setting().fallback();
    String shown =
        key.setting().required() ? "**required**" : fallback.isEmpty() ? "" : "`" + fallback + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(key.path(), shown, key.kind(), key.setting().means());
  }

  private static String between(String page, String marker) {
    String after = page(page).split("<!-- " + marker + ":[^\n]*-->\n", 2)[1];
    return after.split("<!-- /" + marker + " -->", 2)[0];
  }

  /** Tests run in the module's folder, where its pages lie. */
  private static String page(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new IllegalStateException(name + " must lie beside the module's pom.xml", e);
    }
  }
}
