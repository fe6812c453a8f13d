package io.nelbo.jobs.config;

import io.nelbo.model.calibrate.SmoothedCalibration;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fits a tree of YAML to the records.
 *
 * <p>A value that cannot be read is reported and replaced by its default, so that the rest can be
 * judged in the same run; rules about a replaced value stay silent.
 */
final class ConfigBinder {
  private final Problems problems;
  private final Placeholders placeholders;
  private final Map<String, SettingKey> keys =
      SettingKey.all().stream()
          .collect(Collectors.toMap(SettingKey::path, key -> key, (a, b) -> a, LinkedHashMap::new));
  private final Suggestions suggestions = new Suggestions(keys.keySet());
  private final Map<String, YamlNode> given = new HashMap<>();
  private final Set<String> replaced = new HashSet<>();

  ConfigBinder(Problems problems, Placeholders placeholders) {
    this.problems = problems;
    this.placeholders = placeholders;
  }

  NelboConfig bind(YamlNode.Section root) {
    flatten("", root);
    Map<String, Object> values = new HashMap<>();
    keys.values().stream()
        .filter(key -> key.setting().required())
        .forEach(key -> values.put(key.path(), value(key, UnaryOperator.identity())));
    UnaryOperator<String> derived = fallback -> derive(fallback, values);
    for (boolean derives : new boolean[] {false, true}) { // from what is there by then
      for (SettingKey key : keys.values()) {
        if (key.derives() == derives) {
          values.computeIfAbsent(key.path(), path -> value(key, derived));
        }
      }
    }
    return construct(NelboConfig.class, "", values);
  }

  /**
   * Reports broken rules at the line of their first key, unless a value in them was replaced. A
   * value that was derived is blamed on the setting that it was made of, if that one keeps its own
   * rules.
   */
  void report(List<Violations.Violation> violations) {
    Set<String> blamed = new HashSet<>(replaced);
    violations.stream()
        .filter(violation -> violation.keys().size() == 1)
        .forEach(violation -> blamed.add(violation.keys().get(0)));
    for (Violations.Violation violation : violations) {
      List<String> paths = violation.keys();
      if (paths.stream().anyMatch(replaced::contains)) {
        continue;
      }
      List<String> sources = paths.size() == 1 ? sources(paths.get(0)) : List.of();
      if (sources.isEmpty()) {
        problems.add(lineOf(paths), violation.message());
      } else if (sources.stream().noneMatch(blamed::contains)) {
        problems.add(
            lineOf(sources),
            "%s is what %s is made of: %s",
            String.join(" and ", sources),
            paths.get(0),
            violation.message());
      }
    }
  }

  /** The settings that a value was made of; empty when the file gives it, or it has a default. */
  private List<String> sources(String path) {
    SettingKey key = keys.get(path);
    return key == null || isGiven(path) ? List.of() : key.sources();
  }

  private int lineOf(List<String> paths) {
    for (String path : paths) {
      YamlNode node = given.get(path);
      if (node != null) {
        return node.line();
      }
    }
    return 0;
  }

  private void flatten(String prefix, YamlNode.Section section) {
    section
        .entries()
        .forEach(
            (name, node) -> {
              String path = prefix + name;
              if (keys.containsKey(path)) {
                given.put(path, node);
              } else if (keys.keySet().stream().noneMatch(key -> key.startsWith(path + "."))) {
                problems.add(node.line(), "unknown key '%s'%s", path, suggestions.didYouMean(path));
              } else if (node instanceof YamlNode.Section inner) {
                flatten(path + ".", inner);
              } else if (!(node instanceof YamlNode.Empty)) {
                keys.keySet().stream()
                    .filter(key -> node instanceof YamlNode.Alias && key.startsWith(path + "."))
                    .forEach(replaced::add);
                problems.add(
                    node.line(), "%s must be a section of keys, got %s", path, node.shown());
              }
            });
  }

  private Object value(SettingKey key, UnaryOperator<String> derived) {
    YamlNode node = given.get(key.path());
    if (node != null && !(node instanceof YamlNode.Empty)) {
      Optional<Object> value = read(key, node);
      if (value.isPresent()) {
        return value.get();
      }
    } else if (key.setting().required() && !replaced.contains(key.path())) {
      problems.add(0, "%s is missing: %s", key.path(), key.setting().means());
      replaced.add(key.path());
    }
    if (key.type() == List.class) {
      return List.of();
    }
    if (key.type() == Map.class) {
      return Map.of();
    }
    boolean replaces = isGiven(key.setting().insteadOf());
    return ValueText.parse(key, replaces ? "0" : derived.apply(key.setting().fallback()));
  }

  private boolean isGiven(String path) {
    YamlNode node = given.get(path);
    return node != null && !(node instanceof YamlNode.Empty);
  }

  /** Empty when it cannot be read, and that has been reported. */
  private Optional<Object> read(SettingKey key, YamlNode node) {
    if (key.type() == List.class && node instanceof YamlNode.Items items) {
      List<String> texts = new ArrayList<>();
      items.nodes().forEach(item -> text(key, item, "a list of names").ifPresent(texts::add));
      return Optional.of(texts);
    }
    if (key.type() == Map.class && node instanceof YamlNode.Section section) {
      Map<String, String> texts = new LinkedHashMap<>();
      section
          .entries()
          .forEach(
              (name, entry) ->
                  text(key, entry, "names and values").ifPresent(text -> texts.put(name, text)));
      return Optional.of(texts);
    }
    if (key.type() == List.class || key.type() == Map.class) {
      refuse(
          key,
          node,
          String.format("%s must be a %s, got %s", key.path(), key.kind(), node.shown()));
      return Optional.empty();
    }
    return text(key, node, "one value").flatMap(text -> parse(key, node, text));
  }

  private Optional<Object> parse(SettingKey key, YamlNode node, String text) {
    try {
      return Optional.of(ValueText.parse(key, text));
    } catch (IllegalArgumentException e) {
      refuse(key, node, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> text(SettingKey key, YamlNode node, String rule) {
    List<String> faults = new ArrayList<>();
    String resolved = "";
    if (node instanceof YamlNode.Text text) {
      resolved = placeholders.resolve(key.path(), text.value(), faults::add);
    } else {
      faults.add(
          String.format(
              node instanceof YamlNode.Alias
                  ? "%s must be %s, got %s"
                  : "%s must be %s, got %s in it",
              key.path(),
              rule,
              node.shown()));
    }
    faults.forEach(fault -> refuse(key, node, fault));
    return faults.isEmpty() ? Optional.of(resolved) : Optional.empty();
  }

  /** Each entry of a list or map is refused for itself: the others have their own faults. */
  private void refuse(SettingKey key, YamlNode node, String fault) {
    problems.add(node.line(), fault);
    replaced.add(key.path());
  }

  private static String derive(String fallback, Map<String, Object> known) {
    String dataset = String.valueOf(known.get("source.topic")).replaceFirst("\\.records$", "");
    String derived =
        fallback
            .replace("<detector>", String.valueOf(known.get("detector")))
            .replace("<store>", String.valueOf(known.get("model.store")))
            .replace("<dataset>", dataset)
            .replaceFirst("<16,.*>", usualRecords(known.get("window.length")));
    return known.get("job.checkpoint-interval") instanceof Duration interval
        ? derived.replace("<job.checkpoint-interval>", ValueText.format(interval))
        : derived;
  }

  private static String usualRecords(@Nullable Object windowLength) {
    return String.valueOf(
        SmoothedCalibration.usualRecords(windowLength instanceof Integer length ? length : 1));
  }

  private static <T extends Record> T construct(
      Class<T> type, String prefix, Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String path = prefix + SettingKey.kebab(components[i].getName());
      types[i] = components[i].getType();
      arguments[i] =
          types[i].isRecord()
              ? construct(
                  types[i].asSubclass(Record.class),
                  SettingKey.prefixInside(components[i], prefix),
                  values)
              : values.get(path);
    }
    try {
      return type.getConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type.getName(), e);
    }
  }
}
