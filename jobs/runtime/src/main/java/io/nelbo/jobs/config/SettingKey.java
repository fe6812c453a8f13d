package io.nelbo.jobs.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A key as the file writes it, found by reflection over {@link NelboConfig}, so that the records
 * are the only list of keys.
 *
 * @param path dotted and in kebab-case, like {@code model.load-timeout}
 */
record SettingKey(String path, Class<?> type, Setting setting) {
  private static final Pattern SOURCE = Pattern.compile("<([a-z.-]+)>");

  /** Of what {@link Setting#fallback()} has short names for. */
  private static final Map<String, String> SOURCES =
      Map.of("detector", "detector", "store", "model.store", "dataset", "source.topic");

  /** Every key, in the order of the records. */
  static List<SettingKey> all() {
    List<SettingKey> keys = new ArrayList<>();
    collect(NelboConfig.class, "", keys);
    return List.copyOf(keys);
  }

  private static void collect(Class<?> section, String prefix, List<SettingKey> keys) {
    for (RecordComponent component : section.getRecordComponents()) {
      String path = prefix + kebab(component.getName());
      if (component.getType().isRecord()) {
        collect(component.getType(), prefixInside(component, prefix), keys);
        continue;
      }
      Setting setting = component.getAnnotation(Setting.class);
      if (setting == null) {
        throw new IllegalStateException(path + " has no @Setting");
      }
      keys.add(new SettingKey(path, component.getType(), setting));
    }
  }

  /** What the keys of a component begin with that is a record itself. */
  static String prefixInside(RecordComponent component, String prefix) {
    return component.isAnnotationPresent(Inline.class)
        ? prefix
        : prefix + kebab(component.getName()) + ".";
  }

  /** {@code loadTimeout} becomes {@code load-timeout}, {@code DEAD_LETTER} {@code dead-letter}. */
  static String kebab(String javaName) {
    if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
      return javaName.toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return javaName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Sizes are numbers of bytes that people write with a unit. */
  boolean isSize() {
    return path.endsWith("-bytes");
  }

  /** Whether its default is made of other settings. */
  boolean derives() {
    return !sources().isEmpty();
  }

  /** The settings that its default is made of. */
  List<String> sources() {
    return SOURCE
        .matcher(setting.fallback())
        .results()
        .map(match -> SOURCES.getOrDefault(match.group(1), match.group(1)))
        .toList();
  }

  /** What may stand behind the key, in words. */
  String kind() {
    if (type.isEnum()) {
      return String.join(" or ", constants());
    }
    if (isSize()) {
      return "size";
    }
    if (type == Duration.class) {
      return "duration";
    }
    if (type == List.class) {
      return "list of names";
    }
    if (type == Map.class) {
      return "names and values";
    }
    if (type == String.class) {
      return "text";
    }
    return type == double.class ? "number" : "integer";
  }

  /** Values of an enum as the file writes them. */
  List<String> constants() {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(kebab(((Enum<?>) constant).name()));
    }
    return names;
  }
}
