package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.EngineBenchmark;
import io.nelbo.jobs.bench.EnginePlan;
import io.nelbo.jobs.bench.EngineReport;
import io.nelbo.jobs.bench.FrameBenchmark;
import io.nelbo.jobs.bench.FramePlan;
import io.nelbo.jobs.bench.FrameReport;
import io.nelbo.jobs.json.Json;
import io.nelbo.model.fit.Design;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a measurement of the engine alone can be told. */
final class EngineOptions {
  private static final int PIXELS = 784;
  private static final int SENSORS = 38;

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "auto, cpu, gpu or gpu:<index>. Default: ${DEFAULT-VALUE}")
  private String device;

  @Option(
      names = "--network",
      defaultValue = "sensors",
      description =
          "sensors (two layers of 64) or images (two of 200, 50 latents, Bernoulli)."
              + " Default: ${DEFAULT-VALUE}")
  private String network;

  @Option(
      names = "--features",
      description = "Per record, or pixels per image. Default: 38, or 784 of images")
  private @Nullable Integer features;

  @Option(
      names = "--window",
      defaultValue = "1",
      description = "Records per window. Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      paramLabel = "SECONDS",
      description = "Before each combination, at least. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Measured of each combination, at least. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  /** Measures and prints. */
  void run(
      CommandSpec spec,
      EngineBenchmark.Opening opening,
      List<Integer> batches,
      List<Integer> draws,
      Design.Objective objective) {
    EnginePlan plan = plan(spec, batches, draws, objective);
    EngineReport report =
        new EngineBenchmark(plan, opening, System::nanoTime, spec.commandLine().getErr()::println)
            .run();
    print(spec, report.asMap(), report.lines());
  }

  /** Measures frames and prints. */
  void runFrames(CommandSpec spec, List<Integer> sides, List<Integer> batches, int channels)
      throws InterruptedException {
    FramePlan plan =
        new FramePlan(sides, batches, channels, Duration.ofSeconds(seconds), device, seed);
    FrameReport report =
        new FrameBenchmark(plan, System::nanoTime, spec.commandLine().getErr()::println).run();
    print(spec, report.asMap(), report.lines());
  }

  private void print(CommandSpec spec, Map<String, Object> map, List<String> lines) {
    if (json) {
      spec.commandLine().getOut().println(Json.line(map));
    } else {
      lines.forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine().getOut().flush();
  }

  private EnginePlan plan(
      CommandSpec spec, List<Integer> batches, List<Integer> draws, Design.Objective objective) {
    boolean images = network.equals("images");
    if (!images && !network.equals("sensors")) {
      throw new ParameterException(
          spec.commandLine(), "--network must be sensors or images, got '" + network + "'");
    }
    OptionalInt tooSmall =
        batches.stream().mapToInt(Integer::intValue).filter(b -> b < 8).findAny();
    if (tooSmall.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--batches must be at least 8, got " + tooSmall.getAsInt());
    }
    int usual = images ? PIXELS : SENSORS;
    EnginePlan.Network network = images ? EnginePlan.Network.IMAGES : EnginePlan.Network.SENSORS;
    return new EnginePlan(
        new EnginePlan.Subject(network, features == null ? usual : features, window, objective),
        new EnginePlan.Sizes(batches, draws),
        device,
        new EnginePlan.Pace(Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds)),
        seed);
  }
}
