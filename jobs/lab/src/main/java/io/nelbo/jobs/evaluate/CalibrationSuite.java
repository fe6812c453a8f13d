package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether the asked false-alarm rate is kept. Tabular sets: of the normal rows the even ones train,
 * shuffled, the odd ones are tested; windows of one record. And made-up streams, see {@link
 * StreamCase}. The corpus is that of the tabular sets whose counts can tell anything.
 */
final class CalibrationSuite implements Suite {
  /** The asked rates. */
  static final double[] ASKED = {0.01, 0.001};

  /** Of many trainings the first and the last so many show a trend. */
  private static final int TREND = 10;

  private final Optional<TabularSets> tables;
  private final Protocol protocol;
  private final Map<String, StreamCase> streams = new LinkedHashMap<>();

  CalibrationSuite(Optional<Path> data, Protocol protocol, List<StreamCase> streams) {
    this.tables = data.map(TabularSets::new);
    this.protocol = protocol;
    streams.forEach(each -> this.streams.put(each.name(), each));
  }

  @Override
  public List<String> sets() throws IOException {
    List<String> names = new ArrayList<>(streams.keySet());
    if (tables.isPresent()) {
      names.addAll(tables.get().names());
    }
    return names;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException {
    StreamCase stream = streams.get(set);
    if (stream != null && !stream.independent()) {
      result.note(set + ": neighbouring rows are alike, there is no interval to lie inside");
    }
    result.attemptSeeds(
        protocol.seeds(),
        "",
        repetition -> {
          TrainingConfig config = protocol.trainingOf(repetition);
          List<List<AlarmCount>> counts =
              stream == null ? List.of(table(set, config)) : stream.measure(config, ASKED);
          boolean independent = stream == null || stream.independent();
          boolean sliding = stream != null && stream.sliding();
          file(set, repetition, counts, independent, sliding, result);
        });
  }

  @Override
  public Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> sets) {
    List<Map<String, OptionalDouble>> ofTables =
        sets.entrySet().stream()
            .filter(entry -> !streams.containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    Map<String, OptionalDouble> pooled = new LinkedHashMap<>();
    for (double asked : ASKED) {
      pooled.putAll(RateFigures.pool(asked, ofTables));
    }
    return pooled;
  }

  /** The corpus is that of the tables. */
  @Override
  public int taken(String metric, Map<String, Map<String, OptionalDouble>> sets) {
    return (int) sets.keySet().stream().filter(set -> !streams.containsKey(set)).count();
  }

  private List<AlarmCount> table(String set, TrainingConfig config)
      throws IOException, TrainingException {
    TabularSets.Split split = TabularSets.split(tables.orElseThrow().read(set));
    LabelledRows train = split.train().inRandomOrder(config.seed());
    LabelledRows normal = split.test().where(row -> !split.test().anomalous()[row]);
    try (FittedDetector detector = FittedDetector.train(train, config, ASKED[0])) {
      double[] pValues = detector.score(new float[0][], normal.values()).pValue();
      return AlarmCount.of(detector.calibration(), pValues, ASKED);
    }
  }

  private static void file(
      String set,
      int seed,
      List<List<AlarmCount>> trainings,
      boolean independent,
      boolean sliding,
      SetResult.Builder result) {
    List<AlarmCount> any = trainings.stream().map(counts -> counts.get(0)).toList();
    result.seed(seed, "rows", OptionalDouble.of(any.stream().mapToDouble(AlarmCount::rows).sum()));
    result.seed(
        seed, "effective_sample", any.stream().mapToDouble(AlarmCount::effectiveSample).average());
    for (int rate = 0; rate < ASKED.length; rate++) {
      int position = rate;
      List<AlarmCount> counts =
          trainings.stream().map(ofTraining -> ofTraining.get(position)).toList();
      RateFigures.of(counts, independent)
          .forEach((metric, value) -> result.seed(seed, metric, value));
      if (sliding) {
        int most = Math.min(TREND, counts.size());
        result.seed(seed, "first_" + ASKED[rate], RateFigures.ratio(counts.subList(0, most)));
        result.seed(
            seed,
            "last_" + ASKED[rate],
            RateFigures.ratio(counts.subList(counts.size() - most, counts.size())));
      }
      noteUnsuitable(set, counts, result);
    }
  }

  private static void noteUnsuitable(
      String set, List<AlarmCount> counts, SetResult.Builder result) {
    List<AlarmCount> unsuitable = counts.stream().filter(count -> !count.suitable()).toList();
    if (!unsuitable.isEmpty()) {
      AlarmCount first = unsuitable.get(0);
      result.note(
          String.format(
              "%s: %d of %d models are not suitable to judge %s: the smallest supported rate is"
                  + " %.2g and %.1f alarms are to be expected (of the first of them)",
              set,
              unsuitable.size(),
              counts.size(),
              first.asked(),
              first.smallestRate(),
              first.expected()));
    }
  }

  /** What {@code metrics.json} says of it. */
  static Map<String, Object> settings() {
    return Map.of("asked_rates", Arrays.stream(ASKED).boxed().toList());
  }
}
