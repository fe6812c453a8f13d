package io.nelbo.jobs.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one run: everything in it is gone after {@link #close}. */
public final class WorkFolder implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Path path;

  private WorkFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder of its own inside {@code parent}, which is made if need be.
   *
   * @throws IllegalStateException if it cannot be made
   */
  public static WorkFolder inside(Path parent) {
    try {
      return new WorkFolder(
          Files.createTempDirectory(
              Files.createDirectories(parent.toAbsolutePath().normalize()), "run-"));
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s cannot be written (%s): choose another folder with --out"
              .formatted(parent, e.getMessage()),
          e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    for (int attempt = 1; Files.exists(path); attempt++) {
      try {
        deleteAll();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(
              "%s could not be deleted (%s): please delete it".formatted(path, e.getMessage()), e);
        }
      }
    }
  }

  private void deleteAll() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file); // what was stopping may have deleted it meanwhile
    }
  }
}
