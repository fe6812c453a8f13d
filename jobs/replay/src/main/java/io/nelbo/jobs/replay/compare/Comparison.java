package io.nelbo.jobs.replay.compare;

import io.nelbo.jobs.replay.result.FigurePaths;
import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two replays side by side.
 *
 * @param settings what they were asked to do, where it differs: both values by name, empty where
 *     one has none
 * @param figures what they measured: both values by name, NaN where one has none
 * @param onlyFirst episodes of the first that overlap no episode of the second in their series
 * @param onlySecond likewise
 */
public record Comparison(
    ReplayFolder first,
    ReplayFolder second,
    Map<String, Texts> settings,
    Map<String, Numbers> figures,
    MatchedRows matched,
    Agreement agreement,
    List<ReplayEpisode> onlyFirst,
    List<ReplayEpisode> onlySecond) {
  /** How a replay ran, not what it found. */
  private static final Set<String> SETTINGS =
      Set.of(
          "detector",
          "input",
          "asked_false_alarm_rate",
          "asked_false_alarms_per_series_day",
          "version",
          "config",
          "models");

  /** One text of each. */
  public record Texts(String first, String second) {}

  /** One number of each; NaN is none. */
  public record Numbers(double first, double second) {
    public double difference() {
      return second - first;
    }
  }

  public static Comparison of(ReplayFolder first, ReplayFolder second) {
    SeriesNames names = SeriesNames.of(first.rows(), second.rows());
    MatchedRows matched = MatchedRows.of(first.rows(), second.rows(), names);
    return new Comparison(
        first,
        second,
        settings(first.metrics(), second.metrics()),
        figures(first.metrics(), second.metrics()),
        matched,
        Agreement.of(matched),
        alone(first.episodes(), second.episodes(), names),
        alone(second.episodes(), first.episodes(), names));
  }

  private static Map<String, Texts> settings(Map<String, ?> first, Map<String, ?> second) {
    Map<String, String> ofFirst = new LinkedHashMap<>();
    Map<String, String> ofSecond = new LinkedHashMap<>();
    for (String name : SETTINGS.stream().sorted().toList()) {
      flatten(name, first.get(name), ofFirst);
      flatten(name, second.get(name), ofSecond);
    }
    Map<String, Texts> differing = new LinkedHashMap<>();
    for (String name : union(ofFirst.keySet(), ofSecond.keySet())) {
      Texts texts = new Texts(ofFirst.getOrDefault(name, ""), ofSecond.getOrDefault(name, ""));
      if (!texts.first().equals(texts.second())) {
        differing.put(name, texts);
      }
    }
    return differing;
  }

  private static Map<String, Numbers> figures(Map<String, ?> first, Map<String, ?> second) {
    Map<String, Double> ofFirst = numbers(first);
    Map<String, Double> ofSecond = numbers(second);
    Map<String, Numbers> figures = new LinkedHashMap<>();
    for (String name : union(ofFirst.keySet(), ofSecond.keySet())) {
      figures.put(
          name,
          new Numbers(
              ofFirst.getOrDefault(name, Double.NaN), ofSecond.getOrDefault(name, Double.NaN)));
    }
    return figures;
  }

  private static Map<String, Double> numbers(Map<String, ?> metrics) {
    Map<String, Object> found = new LinkedHashMap<>(metrics);
    found.keySet().removeAll(SETTINGS);
    return FigurePaths.numbers(found);
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> inner) {
      inner.forEach((key, part) -> flatten(name + "." + key, part, into));
    } else if (name.equals("models") && value instanceof List<?> models) {
      for (Object model : models) {
        if (model instanceof Map<?, ?> used) {
          into.put("models." + used.get("version"), String.valueOf(used.get("sha256")));
        }
      }
    } else if (value != null) {
      into.put(name, String.valueOf(value));
    }
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> union = new LinkedHashSet<>(first);
    union.addAll(second);
    return union;
  }

  /** Episodes that share no moment with an episode of the same series among the others. */
  static List<ReplayEpisode> alone(
      List<ReplayEpisode> own, List<ReplayEpisode> others, SeriesNames names) {
    Map<String, List<ReplayEpisode>> bySeries = new HashMap<>();
    others.forEach(
        other ->
            bySeries
                .computeIfAbsent(names.common(other.series()), name -> new ArrayList<>())
                .add(other));
    return own.stream()
        .filter(
            episode ->
                bySeries.getOrDefault(names.common(episode.series()), List.of()).stream()
                    .noneMatch(other -> overlap(episode, other)))
        .toList();
  }

  private static boolean overlap(ReplayEpisode one, ReplayEpisode other) {
    return one.startMillis() <= other.endMillis() && other.startMillis() <= one.endMillis();
  }

  /** For machines. */
  public Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("a", first.folder().toString());
    map.put("b", second.folder().toString());
    Map<String, Object> differing = new LinkedHashMap<>();
    settings.forEach(
        (name, texts) -> differing.put(name, Map.of("a", texts.first(), "b", texts.second())));
    map.put("settings", differing);
    Map<String, Object> measured = new LinkedHashMap<>();
    figures.forEach((name, numbers) -> measured.put(name, cells(numbers)));
    map.put("figures", measured);
    map.put("common_records", matched.pairs().size());
    map.put("only_in_a", matched.onlyFirst());
    map.put("only_in_b", matched.onlySecond());
    map.put("agreement", agreement.asMap());
    map.put("episodes_only_a", onlyFirst.stream().map(Comparison::brief).toList());
    map.put("episodes_only_b", onlySecond.stream().map(Comparison::brief).toList());
    return map;
  }

  private static Map<String, Double> cells(Numbers numbers) {
    Map<String, Double> cells = new LinkedHashMap<>();
    put(cells, "a", numbers.first());
    put(cells, "b", numbers.second());
    put(cells, "difference", numbers.difference());
    return cells;
  }

  private static void put(Map<String, Double> cells, String name, double value) {
    if (Double.isFinite(value)) {
      cells.put(name, value);
    }
  }

  private static Map<String, Object> brief(ReplayEpisode episode) {
    return Map.of(
        "series", episode.series(),
        "start", Instant.ofEpochMilli(episode.startMillis()).toString(),
        "end", Instant.ofEpochMilli(episode.endMillis()).toString(),
        "records", episode.records(),
        "score", episode.worst().score());
  }
}
