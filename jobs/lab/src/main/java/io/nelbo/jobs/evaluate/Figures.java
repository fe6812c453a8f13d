package io.nelbo.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Figures by metric, to and from JSON: what is not defined is null there. */
final class Figures {
  private Figures() {}

  static Map<String, @Nullable Double> toJson(Map<String, OptionalDouble> figures) {
    Map<String, @Nullable Double> json = new LinkedHashMap<>();
    figures.forEach(
        (metric, value) -> json.put(metric, value.isPresent() ? value.getAsDouble() : null));
    return json;
  }

  static Map<String, OptionalDouble> fromJson(JsonNode json) {
    Map<String, OptionalDouble> figures = new LinkedHashMap<>();
    json.properties()
        .forEach(
            entry ->
                figures.put(
                    entry.getKey(),
                    entry.getValue().isNull()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(entry.getValue().asDouble())));
    return figures;
  }
}
