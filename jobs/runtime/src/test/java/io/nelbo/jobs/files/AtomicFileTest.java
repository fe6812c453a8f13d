package io.nelbo.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void theFileHoldsWhatWasWrittenAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "an older one");

    AtomicFile.write(file, out -> out.write("the new one"));

    assertThat(file).hasContent("the new one");
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }

  @Test
  void aFullDiskLeavesNoHalfWrittenFile() throws IOException {
    Path file = folder.resolve("report.html");

    assertThatThrownBy(() -> AtomicFile.write(file, AtomicFileTest::failHalfWay))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFullDiskLeavesAnOlderFileAsItWas() throws IOException {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "an older one");

    assertThatThrownBy(() -> AtomicFile.write(file, AtomicFileTest::failHalfWay))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("an older one");
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("missing");
    Path file = missing.resolve("report.html");

    assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write("x")))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + file + ": there is no folder " + missing);
  }

  private static void failHalfWay(Writer out) throws IOException {
    out.write("half".repeat(100_000));
    throw new IOException("No space left on device");
  }
}
