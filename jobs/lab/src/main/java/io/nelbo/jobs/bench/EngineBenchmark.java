package io.nelbo.jobs.bench;

import io.nelbo.model.family.Families;
import io.nelbo.model.fit.Family;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.measure.StageTimes;
import io.nelbo.model.network.DeviceChoice;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.record.RecordColumns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures the engine alone: how many windows a second are scored or trained on, by batch and
 * draws, and how much of it is moving data to and from the device. Rates are those of calls as
 * production makes them; stages come from other calls, which wait for the device.
 */
public final class EngineBenchmark {
  /** Opens what is measured, for one configuration on one device. */
  @FunctionalInterface
  public interface Opening {
    EngineWork open(TrainingConfig config, int features, String device);
  }

  /** Scores; the batch is that of training. */
  public static final Opening SCORER =
      (config, features, device) ->
          measured(config).scoring(config, features, config.descent().batchSize(), device);

  /** Trains. */
  public static final Opening TRAINER =
      (config, features, device) -> measured(config).training(config, features, device);

  private static final long LEAST_CALLS = 3;

  private final EnginePlan plan;
  private final Opening opening;
  private final LongSupplier nanoClock;
  private final Consumer<String> progress;

  /**
   * @param progress hears one line for each result
   */
  public EngineBenchmark(
      EnginePlan plan, Opening opening, LongSupplier nanoClock, Consumer<String> progress) {
    this.plan = plan;
    this.opening = opening;
    this.nanoClock = nanoClock;
    this.progress = progress;
  }

  private static Family.Measured measured(TrainingConfig config) {
    return Families.named(config.family(), new RecordColumns(List.of()))
        .measured()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the family %s makes no calls of the engine to measure"
                        .formatted(config.family())));
  }

  /**
   * @throws IllegalArgumentException when the device does not exist
   */
  public EngineReport run() {
    DeviceChoice device = EngineDevice.choose(plan.device(), List.of(), 0);
    List<EngineResult> results = new ArrayList<>();
    for (int draws : plan.sizes().draws()) {
      for (int batch : plan.sizes().batches()) {
        EngineResult result = measure(batch, draws, device.device());
        results.add(result);
        progress.accept(
            "batch %,d, %d draws: %,.0f %s/s"
                .formatted(batch, draws, result.windowsPerSecond(), plan.unit()));
      }
    }
    return new EngineReport(plan, device, results);
  }

  private EngineResult measure(int batch, int draws, String device) {
    try (EngineWork work =
        opening.open(plan.config(batch, draws), plan.subject().features(), device)) {
      repeat(work, plan.pace().warmUp());
      long start = nanoClock.getAsLong();
      long calls = repeat(work, plan.pace().measured());
      double seconds = (nanoClock.getAsLong() - start) / 1e9;
      StageTimes stages = work.timed();
      for (long i = 1; i < LEAST_CALLS; i++) {
        stages = stages.plus(work.timed());
      }
      return new EngineResult(
          batch, draws, calls, seconds, work.multiplications(), stages, LEAST_CALLS);
    }
  }

  private long repeat(EngineWork work, Duration least) {
    long start = nanoClock.getAsLong();
    long calls = 0;
    while (calls < LEAST_CALLS || nanoClock.getAsLong() - start < least.toNanos()) {
      work.once();
      calls++;
    }
    return calls;
  }
}
