package io.nelbo.jobs.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a local run left behind to go on from. */
public final class Checkpoints {
  private static final String COMPLETE = "_metadata";

  private record Found(Path checkpoint, FileTime time) {}

  private Checkpoints() {}

  /**
   * The newest complete checkpoint below {@code <directory>/<job id>/chk-<n>}.
   *
   * @param directory on this machine: other stores cannot be listed from here
   * @throws IllegalStateException when there is none
   */
  public static Path newest(URI directory) throws IOException {
    if (!"file".equals(directory.getScheme())) {
      throw new IllegalStateException(
          "--restore latest looks for checkpoints on this machine only, and job.checkpoint-dir is %s: name the checkpoint's path, like %s/<job id>/chk-<n>"
              .formatted(directory, directory));
    }
    Path root = Path.of(directory);
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root, 3)) {
        Optional<Found> newest =
            files
                .filter(file -> file.endsWith(COMPLETE))
                .map(file -> new Found(file.resolveSibling("").normalize(), time(file)))
                .max(Comparator.comparing(Found::time));
        if (newest.isPresent()) {
          return newest.get().checkpoint();
        }
      }
    }
    throw new IllegalStateException("there is no complete checkpoint in " + root);
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // swept meanwhile: the oldest there is
    }
  }
}
