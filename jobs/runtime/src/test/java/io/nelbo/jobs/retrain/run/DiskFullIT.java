package io.nelbo.jobs.retrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of an artifact for which there is no room, on a real disk of one megabyte: a mount
 * that only a process of its own sees. Where that may not be made (Linux without user namespaces,
 * other systems), there is nothing to test with.
 */
final class DiskFullIT {
  private static final List<String> OWN_MOUNTS =
      List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c");
  private static final String MOUNT = "mount -t tmpfs -o size=1m none \"$0\"";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingHalfIsEverSeenTheDecisionSaysWhatToDoAndTheNextSlideHasItsModel(SmallDisk.Kind kind)
      throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run(MOUNT, disk, List.of()) == 0, "no mounts of one's own: " + said());

    int code =
        run(
            MOUNT + " && exec \"$@\"",
            disk,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                SmallDisk.class.getName(),
                disk.toString(),
                kind.name()));

    assertThat(code).as(said()).isZero();
    assertThat(said()).contains(SmallDisk.PASSED);
    assertThat(disk).as("the mount was the other process's own").isEmptyDirectory();
  }

  /** Runs a shell with mounts of its own; {@code $0} is the disk, {@code $@} what follows. */
  private int run(String script, Path disk, List<String> more) throws Exception {
    List<String> command = new ArrayList<>(OWN_MOUNTS);
    command.add(script);
    command.add(disk.toString());
    command.addAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException noUnshare) {
      Files.writeString(folder.resolve("said"), String.valueOf(noUnshare.getMessage()));
      return -1;
    }
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends: %s", said()).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("said"));
  }
}
