package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class EvaluateCommandTest {
  @TempDir private Path folder;

  @Test
  void aSetThatFailsIsPrintedWithItsReasonAndTheExitCodeSaysSo() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("empty.csv"), "");
    Files.writeString(data.resolve("ragged.csv"), "a,label\n1,0\n2\n");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new EvaluateCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));

    int code =
        command.execute(
            "adbench", "--data", data.toString(), "--out", folder.resolve("out").toString());

    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "failed: empty, set: "
                + data.resolve("empty.csv")
                + ": the file is empty; a header line is needed")
        .contains("failed: ragged, set: ");
    assertThat(err.toString()).contains("  failed: set: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "skab|--group-gap=3|--group-gap is an option of images and at least 1, got 3 for SUITE"
            + " skab",
        "images|--group-gap=0|--group-gap is an option of images and at least 1, got 0 for SUITE"
            + " images",
        "images|--false-alarm-rate=0.5|--false-alarm-rate must lie in (0, 0.5), got 0.5",
        "fleet|--false-alarm-rate=0.1|SUITE fleet asks for rates of its own: without"
            + " --false-alarm-rate"
      })
  void optionsOfOtherSuitesAreRefused(String suite, String option, String message) {
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new EvaluateCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err));

    int code = command.execute(suite, "--data", folder.toString(), "--out", "unused", option);

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith(message);
  }
}
