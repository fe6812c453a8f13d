package io.nelbo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
