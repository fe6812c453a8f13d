package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.EngineBenchmark;
import io.nelbo.model.fit.Design;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures scoring without Kafka and Flink. */
@Command(
    name = "scorer",
    description = {
      "Measure how many records or images a second the engine scores, by batch and latent draws,"
          + " on the CPU or a GPU, and how long sending, computing and receiving take.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchScorerCommand implements Callable<Integer> {
  private static final List<Integer> WINDOWS_PER_CALL = List.of(256, 1024, 4096, 16384, 65536);
  private static final List<Integer> FRAMES_PER_CALL = List.of(1, 64);
  private static final int LEAST_SIDE = 16;
  private static final int MOST_SIDE = 256;
  private static final int MOST_BATCH = 4096;

  @Spec private CommandSpec spec;
  @Mixin private EngineOptions options;

  @Option(
      names = "--batches",
      split = ",",
      description =
          "Windows per call, one after the other. Default: 256,1024,4096,16384,65536;"
              + " 1,64 with --images")
  private @Nullable List<Integer> batches;

  @Option(
      names = "--draws",
      split = ",",
      defaultValue = "2,4,16",
      description = "Latent draws per score, even. Default: ${DEFAULT-VALUE}")
  private List<Integer> draws;

  @Option(
      names = "--images",
      description =
          "Score frames from their pixels to the verdict by the convolutional model, beside the"
              + " same network in Python's PyTorch on one thread, where python3 has it.")
  private boolean images;

  @Option(
      names = "--sides",
      split = ",",
      defaultValue = "28,64,128,256",
      description = "With --images: pixels of a square frame. Default: ${DEFAULT-VALUE}")
  private List<Integer> sides;

  @Option(
      names = "--channels",
      defaultValue = "1",
      description = "With --images: 1 for grey, 3 for colour. Default: ${DEFAULT-VALUE}")
  private int channels;

  @Override
  public Integer call() throws InterruptedException {
    if (images) {
      requireFrames();
      options.runFrames(spec, sides, batches == null ? FRAMES_PER_CALL : batches, channels);
      return 0;
    }
    for (int number : draws) {
      if (number < 2 || number % 2 == 1) {
        throw new ParameterException(
            spec.commandLine(), "--draws must be even (antithetic pairs), got " + number);
      }
    }
    options.run(
        spec,
        EngineBenchmark.SCORER,
        batches == null ? WINDOWS_PER_CALL : batches,
        draws,
        Design.Objective.ELBO);
    return 0;
  }

  private void requireFrames() {
    for (int side : sides) {
      if (side < LEAST_SIDE || side > MOST_SIDE) {
        throw new ParameterException(
            spec.commandLine(),
            "--sides must lie in %s..%s, got %s".formatted(LEAST_SIDE, MOST_SIDE, side));
      }
    }
    if (channels != 1 && channels != 3) {
      throw new ParameterException(
          spec.commandLine(), "--channels must be 1 or 3, got " + channels);
    }
    if (batches != null && batches.stream().anyMatch(batch -> batch < 1 || batch > MOST_BATCH)) {
      throw new ParameterException(
          spec.commandLine(),
          "--batches must lie in 1..%s with --images, got %s".formatted(MOST_BATCH, batches));
    }
  }
}
