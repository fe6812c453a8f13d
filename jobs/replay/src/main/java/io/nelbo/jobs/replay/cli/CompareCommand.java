package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.replay.compare.Comparison;
import io.nelbo.jobs.replay.report.CompareReport;
import io.nelbo.jobs.replay.result.ReplayFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
public final class CompareCommand implements Callable<Integer> {
  private static final byte[] PAGE = "<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII);

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR_A", description = "The --out folder of a replay.")
  private Path first;

  @Parameters(index = "1", paramLabel = "DIR_B", description = "The --out folder of another.")
  private Path second;

  @Option(
      names = "--out",
      defaultValue = "compare.html",
      paramLabel = "FILE",
      description =
          "Where to write the page; a page that is there is replaced. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(names = "--json", description = "Print the comparison as JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Comparison comparison = Comparison.of(ReplayFolder.read(first), ReplayFolder.read(second));
    requireReplaceable();
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

  /** A mistyped --out must not cost anybody a file. */
  private void requireReplaceable() throws IOException {
    if (Files.isDirectory(out)) {
      throw new FileAlreadyExistsException(out + " is a directory: choose another --out");
    }
    if (Files.exists(out) && Files.size(out) > 0 && !startsLikeAPage()) {
      throw new FileAlreadyExistsException(
          out + " exists and is no page of a comparison: choose another --out");
    }
  }

  private boolean startsLikeAPage() throws IOException {
    try (InputStream bytes = Files.newInputStream(out)) {
      return Arrays.equals(bytes.readNBytes(PAGE.length), PAGE);
    }
  }
}
