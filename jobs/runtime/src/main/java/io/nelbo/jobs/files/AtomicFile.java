package io.nelbo.jobs.files;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that appears under its name when it is whole, or not at all. */
public final class AtomicFile {
  /** Writes what the file shall hold. */
  public interface Content {
    void writeTo(Writer out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes beside the file, then takes its name; an older file of that name is replaced.
   *
   * @throws IOException when the content cannot be written, for example because the disk is full;
   *     then nothing is left behind and an older file stays as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.resolveSibling("").normalize();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          "cannot write %s: there is no folder %s".formatted(file, folder));
    }
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      try (Writer out = Files.newBufferedWriter(partial)) {
        content.writeTo(out);
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
