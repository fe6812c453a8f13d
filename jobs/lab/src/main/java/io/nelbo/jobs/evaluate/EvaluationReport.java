package io.nelbo.jobs.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a whole evaluation found.
 *
 * @param config the one configuration of all sets
 * @param sets figures of the detector by set, mean over the seeds
 * @param mean figures of the corpus, mean over the seeds
 * @param spread their standard deviation over the seeds; empty for one seed
 * @param baselines figures of the corpus by baseline
 * @param notes what to know about the figures
 * @param seconds wall time of this run; sets that an earlier run finished cost none
 * @param version of the code
 */
public record EvaluationReport(
    String suite,
    Map<String, Object> config,
    Map<String, Map<String, OptionalDouble>> sets,
    Map<String, OptionalDouble> mean,
    Map<String, OptionalDouble> spread,
    Map<String, Map<String, OptionalDouble>> baselines,
    List<String> notes,
    double seconds,
    String version) {

  /** As {@code metrics.json} has it: maps, lists, text, numbers and nulls. */
  public Map<String, Object> asMap() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suite", suite);
    json.put("config", config);
    Map<String, Object> bySet = new LinkedHashMap<>();
    sets.forEach((set, figures) -> bySet.put(set, Figures.toJson(figures)));
    json.put("sets", bySet);
    json.put("mean", Figures.toJson(mean));
    if (!spread.isEmpty()) {
      json.put("spread", Figures.toJson(spread));
    }
    Map<String, Object> byBaseline = new LinkedHashMap<>();
    baselines.forEach(
        (name, figures) -> byBaseline.put(name, Map.of("mean", Figures.toJson(figures))));
    json.put("baselines", byBaseline);
    json.put("notes", notes);
    json.put("seconds", seconds);
    json.put("version", version);
    return json;
  }

  /** Puts the sets together. */
  static EvaluationReport of(
      String name, Suite suite, Map<String, SetResult> results, double seconds, String version)
      throws IOException {
    Map<String, Map<String, OptionalDouble>> sets = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    results.forEach(
        (set, result) -> {
          sets.put(set, Means.bySet(result.bySeed()));
          notes.addAll(result.notes());
        });
    List<Map<String, OptionalDouble>> bySeed = new ArrayList<>();
    for (int seed = 0; seed < suite.protocol().seeds(); seed++) {
      Map<String, Map<String, OptionalDouble>> ofSeed = new LinkedHashMap<>();
      for (Map.Entry<String, SetResult> entry : results.entrySet()) {
        ofSeed.put(entry.getKey(), entry.getValue().bySeed().get(seed));
      }
      bySeed.add(suite.summarise(Suite.DETECTOR, seed, ofSeed));
    }
    Map<String, Map<String, OptionalDouble>> baselines = new LinkedHashMap<>();
    for (String baseline : baselineNames(results)) {
      Map<String, Map<String, OptionalDouble>> ofBaseline = new LinkedHashMap<>();
      results.forEach(
          (set, result) ->
              ofBaseline.put(set, result.baselines().getOrDefault(baseline, Map.of())));
      baselines.put(baseline, suite.summarise(baseline, 0, ofBaseline));
    }
    return new EvaluationReport(
        name,
        suite.protocol().asMap(),
        sets,
        Means.bySet(bySeed),
        bySeed.size() > 1 ? Means.spread(bySeed) : Map.of(),
        baselines,
        notes,
        seconds,
        version);
  }

  private static List<String> baselineNames(Map<String, SetResult> results) {
    return results.values().stream()
        .flatMap(result -> result.baselines().keySet().stream())
        .distinct()
        .toList();
  }
}
