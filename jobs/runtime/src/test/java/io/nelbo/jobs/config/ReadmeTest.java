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

/** The README's tables say what the code says. */
final class ReadmeTest {
  private static final Set<String> NO_METRICS = Set.of(MetricNames.GROUP, MetricNames.REASON);

  private final String readme = readme();

  @Test
  void listsEverySettingWithItsDefaultAndItsMeaning() {
    String expected =
        SettingKey.all().stream()
            .map(ReadmeTest::row)
            .collect(
                Collectors.joining(
                    "\n", "| key | default | kind | meaning |\n|---|---|---|---|\n", "\n"));

    assertThat(between("settings")).isEqualTo(expected);
  }

  @Test
  void explainsEveryFieldOfTheAnomalyEvent() {
    List<String> fields =
        Anomaly.getClassSchema().getFields().stream().map(Schema.Field::name).toList();

    assertThat(readme).contains(fields.stream().map(name -> "`" + name + "`").toList());
  }

  @Test
  void namesEveryMetricAndNoOther() throws Exception {
    List<String> named = new ArrayList<>();
    for (Field field : MetricNames.class.getFields()) {
      named.add((String) field.get(null));
    }
    named.removeAll(NO_METRICS);

    List<String> listed =
        between("metrics")
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`", -1)[1])
            .toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void itsExampleIsAValidConfiguration() {
    String yaml = readme.split("```yaml\n", 2)[1].split("```", 2)[0];

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

  private String between(String marker) {
    String after = readme.split("<!-- " + marker + ":[^\n]*-->\n", 2)[1];
    return after.split("<!-- /" + marker + " -->", 2)[0];
  }

  /** Tests run in the module's folder. */
  private static String readme() {
    try {
      return Files.readString(Path.of("..", "..", "README.md"));
    } catch (IOException e) {
      throw new IllegalStateException("README.md must lie beside the module", e);
    }
  }
}
