package io.nelbo.jobs.cli;

import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.replay.compare.Comparison;
import io.nelbo.jobs.replay.report.CompareReport;
import io.nelbo.jobs.replay.result.ReplayFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds two replays against each other. */
@Command(
    name = "compare",
    description = {
      "Show two replays side by side: two models, or two configurations, on the same records.",
      "Prints what differs and writes a page with the scores of both and the episodes that only one"
          + " raised.",
      ""
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR_A", description = "The --out folder of a replay.")
  private Path first;

  @Parameters(index = "1", paramLabel = "DIR_B", description = "The --out folder of another.")
  private Path second;

  @Option(
      names = "--out",
      defaultValue = "compare.html",
      paramLabel = "FILE",
      description = "Where to write the page; replaced if it exists. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(names = "--json", description = "Print the comparison as JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Comparison comparison = Comparison.of(ReplayFolder.read(first), ReplayFolder.read(second));
    new CompareReport().write(out, comparison);
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.println(Json.line(comparison.asMap()));
    } else {
      new CompareText(to).print(comparison);
      to.println("wrote " + out);
    }
    to.flush();
    return CommandLine.ExitCode.OK;
  }
}
