package io.nelbo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.bench.EnginePlan.Network;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.measure.StageTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rates and stages of work that takes an exactly known time. */
final class EngineBenchmarkTest {
  private static final long MILLI = 1_000_000;
  private static final EnginePlan.Subject SUBJECT =
      new EnginePlan.Subject(Network.SENSORS, 3, 1, Design.Objective.ELBO);

  private final AtomicLong now = new AtomicLong();
  private final List<SteadyWork> opened = new ArrayList<>();

  @Test
  void ratesAreOfUnobservedCallsAndStagesOfObservedOnes() {
    EngineReport report = run(plan(List.of(1000), List.of(2)));

    EngineResult result = report.results().get(0);
    assertThat(result.calls()).isEqualTo(10);
    assertThat(result.windowsPerSecond()).isEqualTo(100_000);
    assertThat(result.gigaflops()).isEqualTo(2 * 7e6 * 100_000 / 1e9);
    assertThat(report.asMap())
        .containsEntry("device", "cpu")
        .containsEntry("device_reason", "as configured")
        .containsEntry(
            "results",
            List.of(
                Map.of(
                    "batch", 1000,
                    "draws", 2,
                    "records_per_second", 100_000.0,
                    "gigaflops", 1400.0,
                    "call_millis", 10.0,
                    "send_millis", 1.0,
                    "compute_millis", 8.0,
                    "receive_millis", 2.0,
                    "java_millis", 3.0)));
  }

  @Test
  void everyBatchIsMeasuredWithEveryNumberOfDrawsAfterAWarmUpAndClosed() {
    EngineReport report = run(plan(List.of(8, 16), List.of(1, 2)));

    assertThat(report.results())
        .extracting(result -> result.draws() + " of " + result.batch())
        .containsExactly("1 of 8", "1 of 16", "2 of 8", "2 of 16");
    assertThat(opened).hasSize(4).allMatch(work -> work.closed).allMatch(work -> work.calls == 15);
    assertThat(opened.get(3).config.descent().batchSize()).isEqualTo(16);
    assertThat(opened.get(3).config.descent().trainingSamples()).isEqualTo(2);
  }

  @Test
  void peopleGetALinePerResult() {
    List<String> lines = run(plan(List.of(1000), List.of(2))).lines();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("on cpu: as configured");
    assertThat(lines.get(1)).contains("records per second", "compute millis");
    assertThat(lines.get(2)).contains(" 1000 ", " 100,000 ", " 8.000 ");
  }

  @Test
  void aDeviceThatIsNotThereIsToldBeforeAnythingIsMeasured() {
    EnginePlan plan =
        new EnginePlan(
            SUBJECT,
            new EnginePlan.Sizes(List.of(8), List.of(2)),
            "gpu:99",
            new EnginePlan.Pace(Duration.ZERO, Duration.ZERO),
            1);

    assertThatThrownBy(() -> run(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device gpu:99 does not exist");
    assertThat(opened).isEmpty();
  }

  private EngineReport run(EnginePlan plan) {
    return new EngineBenchmark(
            plan,
            (config, features, device) -> {
              SteadyWork work = new SteadyWork(config);
              opened.add(work);
              return work;
            },
            now::get,
            line -> {})
        .run();
  }

  private static EnginePlan plan(List<Integer> batches, List<Integer> draws) {
    return new EnginePlan(
        SUBJECT,
        new EnginePlan.Sizes(batches, draws),
        "cpu",
        new EnginePlan.Pace(Duration.ofMillis(50), Duration.ofMillis(100)),
        1);
  }

  /** Takes ten milliseconds a call, fourteen when it is observed. */
  private final class SteadyWork implements EngineWork {
    private final TrainingConfig config;
    private int calls;
    private boolean closed;

    SteadyWork(TrainingConfig config) {
      this.config = config;
    }

    @Override
    public void once() {
      calls++;
      now.addAndGet(10 * MILLI);
    }

    @Override
    public StageTimes timed() {
      now.addAndGet(14 * MILLI);
      return new StageTimes(MILLI, 8 * MILLI, 2 * MILLI, 3 * MILLI);
    }

    @Override
    public long multiplications() {
      return 7_000_000;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
