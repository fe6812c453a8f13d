package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs a benchmark set by set, several side by side: trainings wait for one another (the engine
 * allows one per process), reading, scoring and baselines do not. Finished sets are on disk and are
 * not computed again. What fails is told in the report and leaves the rest alone; it is tried again
 * by the next run.
 */
public final class Evaluation {
  /** Hears of sets. */
  public interface Listener {
    /** Called once, with the sets that an earlier run has finished. */
    void onStart(int sets, int finished);

    /**
     * Called after each set, by the thread that runs the evaluation.
     *
     * @param failures what of the set failed
     */
    void onSet(String set, List<Failure> failures);
  }

  /** A set that has just been finished. */
  private record Finished(String set, SetResult result) {}

  private final EvaluationPlan plan;
  private final Clock clock;
  private final String version;

  public Evaluation(EvaluationPlan plan, Clock clock, String version) {
    this.plan = plan;
    this.clock = clock;
    this.version = version;
  }

  /**
   * @throws IOException when the folder does not have the benchmark's layout, or results cannot be
   *     written
   */
  public EvaluationReport run(Listener listener) throws Exception {
    Instant started = clock.instant();
    Suite suite = plan.suite();
    List<String> sets = plan.chosen(suite.sets());
    ResultFolder folder =
        ResultFolder.open(plan.results().out(), identity(suite), plan.results().force());
    Map<String, SetResult> results = new LinkedHashMap<>();
    List<String> open = new ArrayList<>();
    for (String set : sets) {
      Optional<SetResult> finished = folder.read(set).filter(result -> result.failures().isEmpty());
      finished.ifPresentOrElse(result -> results.put(set, result), () -> open.add(set));
    }
    listener.onStart(sets.size(), sets.size() - open.size());
    evaluate(suite, open, folder, results, listener);
    double seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    EvaluationReport report =
        EvaluationReport.of(
            suite,
            new EvaluationReport.Run(plan.suiteName(), suite.protocol().asMap(), seconds, version),
            inOrder(sets, results));
    folder.writeMetrics(report.asMap());
    return report;
  }

  private static Map<String, SetResult> inOrder(List<String> sets, Map<String, SetResult> results) {
    Map<String, SetResult> ordered = new LinkedHashMap<>();
    sets.forEach(set -> ordered.put(set, Objects.requireNonNull(results.get(set), set)));
    return ordered;
  }

  private Map<String, Object> identity(Suite suite) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("suite", plan.suiteName());
    identity.put("version", version);
    identity.put("config", suite.protocol().asMap());
    return identity;
  }

  private void evaluate(
      Suite suite,
      List<String> open,
      ResultFolder folder,
      Map<String, SetResult> results,
      Listener listener)
      throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(plan.threads());
    try {
      ExecutorCompletionService<Finished> running = new ExecutorCompletionService<>(workers);
      open.forEach(set -> running.submit(() -> finish(suite, set, folder)));
      for (int i = 0; i < open.size(); i++) {
        Finished finished = running.take().get();
        results.put(finished.set(), finished.result());
        listener.onSet(finished.set(), finished.result().failures());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      workers.shutdownNow();
    }
  }

  private Finished finish(Suite suite, String set, ResultFolder folder) throws Exception {
    Instant started = clock.instant();
    SetResult.Builder builder = new SetResult.Builder(set);
    try {
      suite.evaluate(set, builder);
    } catch (IOException | TrainingException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      builder.failed(Failure.WHOLE, e);
    }
    double seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    SetResult result = builder.build(seconds);
    folder.write(set, result);
    return new Finished(set, result);
  }
}
