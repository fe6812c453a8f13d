package io.nelbo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  @TempDir private Path folder;

  @Test
  void findsTheNewestCompleteCheckpointOfAnyJob() throws Exception {
    checkpoint("job-a/chk-7", 100);
    Path newest = checkpoint("job-b/chk-3", 200);
    Files.createDirectories(folder.resolve("job-b/chk-4")); // not complete

    assertThat(Checkpoints.newest(folder.toUri())).isEqualTo(newest);
  }

  @Test
  void saysWhereItFoundNone() {
    assertThatThrownBy(() -> Checkpoints.newest(folder.toUri()))
        .hasMessage("there is no complete checkpoint in " + folder);
  }

  private Path checkpoint(String name, long seconds) throws Exception {
    Path directory = Files.createDirectories(folder.resolve(name));
    Path metadata = Files.createFile(directory.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(seconds * 1000));
    return directory;
  }

  @Test
  void aDirectoryThatIsNotOnThisMachineIsRefusedInWords() {
    URI bucket = URI.create("s3://bucket/nelbo/.checkpoints/pump/score");

    assertThatThrownBy(() -> Checkpoints.newest(bucket))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "--restore latest looks for checkpoints on this machine only, and job.checkpoint-dir is"
                + " %s: name the checkpoint's path, like %s/<job id>/chk-<n>",
            bucket, bucket);
  }
}
