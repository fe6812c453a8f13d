package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.SoakBenchmark;
import io.nelbo.jobs.bench.SoakPlan;
import io.nelbo.jobs.bench.SoakReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs swaps and trainings by the thousand and watches memory. */
@Command(
    name = "soak",
    description = {
      "Run a score job and a retrain job on a live stream through thousands of swaps and hundreds"
          + " of trainings, and say whether heap or native memory grows: slopes with their 95 %%"
          + " intervals, and a graph. The exit code is 1 if either grew, or if the swaps did not"
          + " take place. Linux; takes about a quarter of an hour with the defaults.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchSoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Records per second; the jobs must keep up. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--swaps",
      defaultValue = "10000",
      description = "Announcements of another model. Default: ${DEFAULT-VALUE}")
  private int swaps;

  @Option(
      names = "--swaps-per-second",
      defaultValue = "12",
      description = "Pace of the swaps. Default: ${DEFAULT-VALUE}")
  private double swapsPerSecond;

  @Option(
      names = "--trainings",
      defaultValue = "200",
      description = "Activations by the retrain job. Default: ${DEFAULT-VALUE}")
  private int trainings;

  @Option(names = "--html", paramLabel = "FILE", description = "Where to draw the graph.")
  private @Nullable Path html;

  @Override
  public Integer call() throws Exception {
    SoakPlan plan;
    try {
      plan = new SoakPlan(options.plan(), rate, swaps, swapsPerSecond, trainings);
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
    boolean[] passed = new boolean[1];
    options.print(
        folder -> {
          SoakReport report =
              new SoakBenchmark(plan, folder, spec.commandLine().getErr()::println).run();
          if (html != null) {
            report.write(html);
          }
          passed[0] = report.isPassed();
          return report.asMap();
        },
        spec.commandLine().getOut());
    return passed[0] ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
