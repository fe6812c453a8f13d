package io.nelbo.jobs.bench;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How many frames a second a detector scores, from bytes of grey to the verdict, by size and batch;
 * and how many the same network does in Python's PyTorch, which does no more than the bound.
 */
public final class FrameBenchmark {
  private static final int TRAINED = 64;
  private static final int STEPS = 3;

  private final FramePlan plan;
  private final LongSupplier nanoClock;
  private final Consumer<String> progress;

  /**
   * @param progress hears one line for each result
   */
  public FrameBenchmark(FramePlan plan, LongSupplier nanoClock, Consumer<String> progress) {
    this.plan = plan;
    this.nanoClock = nanoClock;
    this.progress = progress;
  }

  /** Measures the yardstick first, then the detector. */
  public FrameReport run() throws InterruptedException {
    Map<PythonFrames.Size, Double> yardstick = new HashMap<>();
    Optional<String> without = Optional.empty();
    try {
      progress.accept("measuring Python's PyTorch");
      yardstick.putAll(PythonFrames.measure(plan));
    } catch (IOException e) {
      without = Optional.of("no ratio to Python's PyTorch: " + e.getMessage());
    }
    List<FrameReport.Row> rows = new ArrayList<>();
    for (int side : plan.sides()) {
      ModelArtifact model = model(new Frames(side, side, plan.channels()));
      for (int batch : plan.batches()) {
        double rate = measure(model, side, batch);
        Optional<Double> other =
            Optional.ofNullable(yardstick.get(new PythonFrames.Size(side, batch)));
        rows.add(new FrameReport.Row(side, batch, rate, other));
        progress.accept("side %,d, batch %,d: %,.0f images/s".formatted(side, batch, rate));
      }
    }
    return new FrameReport(plan, rows, without);
  }

  private double measure(ModelArtifact model, int side, int batch) {
    int values = side * side * plan.channels();
    WindowBatch frames = new WindowBatch(batch, 1, values);
    SplittableRandom random = new SplittableRandom(plan.seed());
    for (int frame = 0; frame < batch; frame++) {
      fill(frames.values(), frames.add("camera"), values, random);
    }
    try (Detector detector =
        Detector.open(model, new DetectorSettings(new RecordRate(0.05, 1), 0.5, plan.device()))) {
      repeat(detector, frames, plan.measured().toNanos() / 2);
      long start = nanoClock.getAsLong();
      long calls = repeat(detector, frames, plan.measured().toNanos());
      return calls * (double) batch * 1e9 / (nanoClock.getAsLong() - start);
    }
  }

  private long repeat(Detector detector, WindowBatch frames, long nanos) {
    long start = nanoClock.getAsLong();
    long calls = 0;
    while (nanoClock.getAsLong() - start < nanos) {
      detector.detect(frames);
      calls++;
    }
    return calls;
  }

  /** Its weights do not matter: a frame costs the same under any. */
  private ModelArtifact model(Frames shape) {
    SplittableRandom random = new SplittableRandom(plan.seed());
    int values = shape.columnCount();
    float[] frames = new float[TRAINED * values];
    long[] times = new long[TRAINED];
    for (int i = 0; i < TRAINED; i++) {
      times[i] = 1_000L * i;
      fill(frames, i * values, values, random);
    }
    TrainingSpan span =
        new TrainingSpan(shape, List.of(new Segment("camera", times, frames)), 0, 1_000L * TRAINED);
    TrainingConfig config =
        TrainingConfig.ofFrames().ofCleanSpan().withSteps(STEPS).withSeed(plan.seed());
    try {
      return new Trainer()
          .train(new TrainingRequest("bench", 1, span, config, "bench"), TrainingListener.NONE)
          .artifact();
    } catch (TrainingException e) {
      throw new IllegalStateException("the measured model could not be trained", e);
    }
  }

  /** Stripes under grain. */
  private static void fill(float[] target, int from, int values, SplittableRandom random) {
    double phase = 2 * Math.PI * random.nextDouble();
    for (int i = 0; i < values; i++) {
      double grey = 128 + 60 * Math.sin(phase + 0.2 * i) + 10 * random.nextGaussian();
      target[from + i] = (float) Math.max(0, Math.min(255, Math.rint(grey)));
    }
  }
}
