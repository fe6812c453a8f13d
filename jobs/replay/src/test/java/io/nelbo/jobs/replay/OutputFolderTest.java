package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.replay.result.ReplayFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {
  @TempDir private Path parent;

  @Test
  void nothingIsSeenUnderTheNameBeforeItIsPublished() throws IOException {
    Path folder = parent.resolve("a/replay");

    try (OutputFolder out = OutputFolder.begin(folder, false)) {
      Files.writeString(new ReplayFiles(out.partial()).metrics(), "{}");
      assertThat(folder).doesNotExist();
      out.publish();
    }

    assertThat(new ReplayFiles(folder).metrics()).hasContent("{}");
    assertThat(names(folder.resolveSibling(""))).containsExactly("replay");
  }

  @Test
  void whatFailedLeavesNothing() throws IOException {
    try (OutputFolder out = OutputFolder.begin(parent.resolve("replay"), false)) {
      Files.writeString(new ReplayFiles(out.partial()).scores(), "half");
    }

    assertThat(names(parent)).isEmpty();
  }

  @Test
  void anEarlierReplayIsReplacedOnlyByForce() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("replay"));
    Files.writeString(new ReplayFiles(folder).metrics(), "old");
    Files.writeString(new ReplayFiles(folder).scores(), "old");

    assertThatThrownBy(() -> OutputFolder.begin(folder, false))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(folder + " holds a replay: choose another --out, or replace it with --force");
    try (OutputFolder out = OutputFolder.begin(folder, true)) {
      Files.writeString(new ReplayFiles(out.partial()).metrics(), "new");
      out.publish();
    }

    assertThat(new ReplayFiles(folder).metrics()).hasContent("new");
    assertThat(names(parent)).containsExactly("replay");
  }

  @Test
  void aFolderOfSomethingElseIsNeverReplaced() throws IOException {
    Path folder = Files.createDirectory(parent.resolve("photos"));
    Files.writeString(folder.resolve("cat.jpg"), "cat");
    Files.writeString(new ReplayFiles(folder).metrics(), "of an evaluation");

    assertThatThrownBy(() -> OutputFolder.begin(folder, true))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(folder + " exists and is not the folder of a replay: choose another --out");

    assertThat(folder.resolve("cat.jpg")).exists();
  }

  @Test
  @EnabledIf("hasDeviceThatIsFull")
  @SuppressWarnings("NullAway") // the sink asks its contexts nothing
  void aDiskThatIsFullFailsTheSinkAtTheLatestAtItsEnd() throws IOException {
    RecordWriter.Factory<String> factory = RecordWriter.jsonLines(text -> Map.of("text", text));
    SinkWriter<String> writer =
        new LocalFileSink<>(Path.of("/dev/full"), factory).createWriter(null);

    assertThatThrownBy(
            () -> {
              writer.write("a", null);
              writer.flush(true);
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }

  static boolean hasDeviceThatIsFull() {
    return Files.exists(Path.of("/dev/full"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}
