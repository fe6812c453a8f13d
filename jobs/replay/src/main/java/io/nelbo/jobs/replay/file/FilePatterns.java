package io.nelbo.jobs.replay.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** File names with wildcards in the last part, for shells that do not expand them. */
final class FilePatterns {
  private static final String WILDCARDS = ".*[*?\\[{].*";

  private FilePatterns() {}

  /**
   * The files, those of one pattern in the order of their names.
   *
   * @throws IOException naming what is no file and what no file matches
   */
  static List<Path> expand(List<String> patterns) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String pattern : patterns) {
      Path path = Path.of(pattern);
      if (Files.isRegularFile(path)) {
        files.add(path);
      } else if (Files.isDirectory(path)) {
        throw new IOException(
            "%s is a directory: name its files, like %s".formatted(path, path.resolve("*.csv.gz")));
      } else {
        files.addAll(matching(path));
      }
    }
    return List.copyOf(files);
  }

  private static List<Path> matching(Path pattern) throws IOException {
    String name = String.valueOf(pattern.getFileName());
    if (!name.matches(WILDCARDS)) {
      throw new NoSuchFileException(pattern + ": no such file");
    }
    Path folder = pattern.getParent() == null ? Path.of("") : pattern.getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder + ": no such directory");
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
      files.forEach(found::add);
    }
    if (found.isEmpty()) {
      throw new NoSuchFileException(pattern + ": no file matches");
    }
    found.sort(null);
    return found;
  }
}
