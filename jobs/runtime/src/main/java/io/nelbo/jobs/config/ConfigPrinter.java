package io.nelbo.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The configuration as the jobs see it, defaults filled in and secrets masked. */
public final class ConfigPrinter {
  /** What stands in place of a secret. */
  public static final String MASK = "<masked>";

  private static final Pattern SECRET =
      Pattern.compile("password|secret|jaas|token|credential|\\.key$|basic\\.auth");

  /** YAML that the loader would read back, secrets apart. */
  public String effective(NelboConfig config) {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    try {
      return mapper.writeValueAsString(tree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of text and numbers are always writable", e);
    }
  }

  /** The same as nested maps of text, numbers and lists, for JSON. */
  public Map<String, Object> tree(NelboConfig config) {
    return section(config, "");
  }

  private static Map<String, Object> section(Record section, String prefix) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      String name = SettingKey.kebab(component.getName());
      Object value;
      try {
        value = component.getAccessor().invoke(section);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + prefix + name, e);
      }
      if (component.isAnnotationPresent(Inline.class)) {
        shown.putAll(section((Record) value, prefix));
      } else {
        shown.put(name, shown(prefix + name, value));
      }
    }
    return shown;
  }

  private static Object shown(String path, Object value) {
    if (value instanceof Record inner) {
      return section(inner, path + ".");
    }
    if (value instanceof Duration duration) {
      return ValueText.format(duration);
    }
    if (value instanceof Enum<?> constant) {
      return SettingKey.kebab(constant.name());
    }
    if (value instanceof Number number && path.endsWith("-bytes")) {
      return ValueText.formatSize(number.longValue());
    }
    if (value instanceof Map<?, ?> properties) {
      Map<String, Object> masked = new TreeMap<>();
      properties.forEach(
          (key, property) ->
              masked.put(
                  key.toString(),
                  isSecret(key.toString()) ? MASK : Placeholders.escape(property.toString())));
      return masked;
    }
    return value instanceof String text ? Placeholders.escape(text) : value;
  }

  private static boolean isSecret(String property) {
    return SECRET.matcher(property.toLowerCase(Locale.ROOT)).find();
  }
}
