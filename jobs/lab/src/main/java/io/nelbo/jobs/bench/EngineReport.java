package io.nelbo.jobs.bench;

import io.nelbo.model.network.DeviceChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcome of a measurement of the engine alone. */
public record EngineReport(EnginePlan plan, DeviceChoice device, List<EngineResult> results) {
  public EngineReport {
    results = List.copyOf(results);
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("device", device.device());
    map.put("device_reason", device.reason());
    map.put("results", rows());
    plan.describe(map);
    return map;
  }

  /** The same for people: a line per result. */
  public List<String> lines() {
    List<Map<String, Object>> rows = rows();
    List<String> lines = new ArrayList<>();
    lines.add("on " + device.device() + ": " + device.reason());
    lines.add(
        rows.get(0).keySet().stream()
            .map(key -> "%19s".formatted(key.replace('_', ' ')))
            .collect(Collectors.joining()));
    for (Map<String, Object> row : rows) {
      lines.add(row.values().stream().map(EngineReport::cell).collect(Collectors.joining()));
    }
    return lines;
  }

  private List<Map<String, Object>> rows() {
    return results.stream().map(result -> result.asMap(plan.unit())).toList();
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, number >= 1000 ? "%,19.0f" : "%19.3f", number);
    }
    return "%19s".formatted(value);
  }
}
