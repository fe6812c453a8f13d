package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ImagesOptionTest {
  private final StringWriter error = new StringWriter();

  @Test
  void whatMeansNothingToALineIsRefusedInWords() {
    int code = run("--images --pumps 3 --csv machine.csv --family pca --time t --speed 5 --seed 2");

    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(error.toString())
        .startsWith(
            "--images has a script of its own: it cannot go with --csv, --family, --pumps,"
                + " --speed, --time, only with --seed, --steps, --out, --port, --headless, --json");
  }

  private int run(String arguments) {
    return new CommandLine(new DemoCommand())
        .setErr(new PrintWriter(error, true))
        .execute(arguments.split(" "));
  }
}
