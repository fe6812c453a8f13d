package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.DataRules;
import io.nelbo.model.fit.Descent;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Made-up data in the layouts of the benchmarks, and a training of a few steps. */
final class TinyBenchmark {
  static final TrainingConfig QUICK =
      TrainingConfig.defaults()
          .withData(new DataRules(1, false, 0.05, 0.02))
          .withNetwork(new NetworkSize(16, 2, 4))
          .withDescent(new Descent(200, 32, 5e-3, 0.3, 2))
          .withBudget(Duration.ofMinutes(1));

  static final EvaluationPlan.Models MODELS = new EvaluationPlan.Models(Optional.of(QUICK), 0.01);

  private TinyBenchmark() {}

  static EvaluationPlan plan(String suite, Path data, Path out) {
    return new EvaluationPlan(
        suite,
        EvaluationPlan.Data.of(data),
        new EvaluationPlan.Results(out, false),
        MODELS,
        List.of("semi", "unsup"),
        1,
        2);
  }

  /** Of these sets only. */
  static EvaluationPlan plan(String suite, List<Path> data, Path out, List<String> only) {
    return new EvaluationPlan(
        suite,
        new EvaluationPlan.Data(data, only, Optional.empty()),
        new EvaluationPlan.Results(out, false),
        MODELS,
        List.of(),
        1,
        2);
  }

  static EvaluationReport evaluate(EvaluationPlan plan) throws Exception {
    return new Evaluation(plan, Clock.systemUTC(), "test").run(new Heard());
  }

  /** One set of a suite. */
  static SetResult evaluate(Suite suite, String set) throws Exception {
    SetResult.Builder result = new SetResult.Builder(set);
    suite.evaluate(set, result);
    return result.build(1);
  }

  /** What the listener heard. */
  static final class Heard implements Evaluation.Listener {
    final List<String> sets = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    int finishedBefore;

    @Override
    public void onStart(int all, int finished) {
      finishedBefore = finished;
    }

    @Override
    public void onSet(String set, List<Failure> failed) {
      sets.add(set);
      failures.addAll(failed);
    }
  }

  /** A figure that must be there. */
  static double figure(Map<String, OptionalDouble> figures, String metric) {
    return figures.getOrDefault(metric, OptionalDouble.empty()).orElseThrow();
  }

  /** The same of one of several. */
  static double figure(Map<String, Map<String, OptionalDouble>> all, String name, String metric) {
    return figure(all.getOrDefault(name, Map.of()), metric);
  }

  /** Two features that follow a hidden third; anomalies break the bond. */
  static float[] row(SplittableRandom random, boolean anomalous) {
    double hidden = random.nextGaussian();
    double bond = anomalous ? hidden + 4 : -hidden;
    return new float[] {
      (float) (hidden + 0.1 * random.nextGaussian()), (float) (bond + 0.1 * random.nextGaussian())
    };
  }

  /** Lines of {@code f0,f1,label}, without the header; the last {@code anomalies} are anomalous. */
  static List<String> labelledLines(long seed, int rows, int anomalies) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean anomalous = i >= rows - anomalies;
      float[] row = row(random, anomalous);
      lines.add(String.format(Locale.ROOT, "%.5f,%.5f,%d", row[0], row[1], anomalous ? 1 : 0));
    }
    return lines;
  }

  static Path gzip(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  static Path gzip(Path file, String header, List<String> lines) throws IOException {
    return gzip(file, header + "\n" + String.join("\n", lines) + "\n");
  }
}
