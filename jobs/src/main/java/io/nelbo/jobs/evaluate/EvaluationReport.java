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
 * @param sets figures of the detector by set, mean over the seeds
 * @param detector figures of the corpus, mean over the seeds
 * @param spread their standard deviation over the seeds; empty for one seed
 * @param baselineSummaries figures of the corpus by baseline
 * @param failures what could not be done; the figures are of all the rest
 * @param notes what to know about the figures
 */
public record EvaluationReport(
    Run run,
    Map<String, Map<String, OptionalDouble>> sets,
    Summary detector,
    Map<String, OptionalDouble> spread,
    Map<String, Summary> baselineSummaries,
    List<Failure> failures,
    List<String> notes) {
  /**
   * What was run.
   *
   * @param suite its name
   * @param config the one configuration of all sets
   * @param seconds wall time of this run; sets that an earlier run finished cost none
   * @param version of the code
   */
  public record Run(String suite, Map<String, Object> config, double seconds, String version) {}

  /** Figures of the corpus, mean over the seeds. */
  public Map<String, OptionalDouble> mean() {
    return detector.figures();
  }

  /** Figures of the corpus by baseline. */
  public Map<String, Map<String, OptionalDouble>> baselines() {
    Map<String, Map<String, OptionalDouble>> figures = new LinkedHashMap<>();
    baselineSummaries.forEach((name, summary) -> figures.put(name, summary.figures()));
    return figures;
  }

  /** As {@code metrics.json} has it: maps, lists, text, numbers and nulls. */
  public Map<String, Object> asMap() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suite", run.suite());
    json.put("config", run.config());
    Map<String, Object> bySet = new LinkedHashMap<>();
    sets.forEach((set, figures) -> bySet.put(set, Figures.toJson(figures)));
    json.put("sets", bySet);
    json.put("mean", Figures.toJson(detector.figures()));
    json.put("mean_sets", detector.sets());
    if (!spread.isEmpty()) {
      json.put("spread", Figures.toJson(spread));
    }
    Map<String, Object> byBaseline = new LinkedHashMap<>();
    baselineSummaries.forEach(
        (name, summary) -> {
          Map<String, Object> baseline = new LinkedHashMap<>();
          baseline.put("mean", Figures.toJson(summary.figures()));
          baseline.put("mean_sets", summary.sets());
          byBaseline.put(name, baseline);
        });
    json.put("baselines", byBaseline);
    json.put("failures", failures.stream().map(Failure::asMap).toList());
    json.put("notes", notes);
    json.put("seconds", run.seconds());
    json.put("version", run.version());
    return json;
  }

  /** Puts the sets together; what failed is left out of the means. */
  static EvaluationReport of(Suite suite, Run run, Map<String, SetResult> results)
      throws IOException {
    Map<String, Map<String, OptionalDouble>> sets = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    results.forEach(
        (set, result) -> {
          sets.put(set, Means.bySet(result.bySeed()));
          failures.addAll(result.failures());
          notes.addAll(result.notes());
        });
    List<Map<String, OptionalDouble>> bySeed = new ArrayList<>();
    for (int seed = 0; seed < suite.protocol().seeds(); seed++) {
      Map<String, Map<String, OptionalDouble>> ofSeed = new LinkedHashMap<>();
      for (Map.Entry<String, SetResult> entry : results.entrySet()) {
        putIfAny(ofSeed, entry.getKey(), entry.getValue().ofSeed(seed));
      }
      bySeed.add(suite.summarise(Suite.DETECTOR, seed, ofSeed));
    }
    Map<String, Summary> baselines = new LinkedHashMap<>();
    for (String baseline : baselineNames(results)) {
      Map<String, Map<String, OptionalDouble>> own = new LinkedHashMap<>();
      results.forEach((set, result) -> putIfAny(own, set, result.ofBaseline(baseline)));
      baselines.put(baseline, Summary.of(suite, suite.summarise(baseline, 0, own), own));
    }
    Map<String, Map<String, OptionalDouble>> scored = new LinkedHashMap<>();
    sets.forEach((set, figures) -> putIfAny(scored, set, figures));
    return new EvaluationReport(
        run,
        sets,
        Summary.of(suite, Means.bySet(bySeed), scored),
        bySeed.size() > 1 ? Means.spread(bySeed) : Map.of(),
        baselines,
        failures,
        notes);
  }

  private static void putIfAny(
      Map<String, Map<String, OptionalDouble>> target,
      String set,
      Map<String, OptionalDouble> figures) {
    if (!figures.isEmpty()) {
      target.put(set, figures);
    }
  }

  private static List<String> baselineNames(Map<String, SetResult> results) {
    return results.values().stream()
        .flatMap(result -> result.baselines().keySet().stream())
        .distinct()
        .toList();
  }
}
