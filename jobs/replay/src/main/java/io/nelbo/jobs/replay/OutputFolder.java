package io.nelbo.jobs.replay;

import io.nelbo.jobs.replay.result.ReplayFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/**
 * A folder that appears under its name when all of it is there: written beside, then renamed. What
 * was not published is deleted on closing.
 */
final class OutputFolder implements Closeable {
  private final Path target;
  private final Path partial;

  private final Thread onInterrupt;

  private OutputFolder(Path target, Path partial) {
    this.target = target;
    this.partial = partial;
    this.onInterrupt =
        new Thread(() -> FileUtils.deleteDirectoryQuietly(partial.toFile()), "nelbo-sweep");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /**
   * @param force whether an earlier replay there may be replaced
   * @throws FileAlreadyExistsException when something is there that must not be lost
   */
  static OutputFolder begin(Path folder, boolean force) throws IOException {
    requireRoom(folder, force);
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.resolveSibling("");
    Files.createDirectories(parent);
    String name = ".%s-partial-%s".formatted(target.getFileName(), UUID.randomUUID());
    return new OutputFolder(target, Files.createDirectory(parent.resolve(name)));
  }

  /**
   * @param force whether an earlier replay there may be replaced
   * @throws FileAlreadyExistsException when something is there that must not be lost
   */
  static void requireRoom(Path folder, boolean force) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target) && !isEmpty(target)) {
      ReplayFiles files = new ReplayFiles(target);
      if (!Files.exists(files.metrics()) || !Files.exists(files.scores())) {
        throw new FileAlreadyExistsException(
            folder + " exists and is not the folder of a replay: choose another --out");
      }
      if (!force) {
        throw new FileAlreadyExistsException(
            folder + " holds a replay: choose another --out, or replace it with --force");
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Where to write meanwhile. */
  Path partial() {
    return partial;
  }

  /** Gives it its name, in place of what had it before. */
  void publish() throws IOException {
    if (!Files.exists(target)) {
      Files.move(partial, target);
      return;
    }
    Path old = partial.resolveSibling(partial.getFileName() + "-old");
    Files.move(target, old);
    try {
      Files.move(partial, target);
    } catch (IOException e) {
      Files.move(old, target);
      throw e;
    }
    FileUtils.deleteDirectory(old.toFile());
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(partial.toFile()); // not there once published
    Runtime.getRuntime().removeShutdownHook(onInterrupt);
  }
}
