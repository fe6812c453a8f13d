package io.nelbo.jobs.replay.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * Finds files of images: all that lie in a folder, however deep, or those that are named one by one
 * or by wildcards, which all parts of a path may have.
 *
 * <p>The series of a file are the folders below the folder that was named; of files that were
 * named, below the deepest folder that holds them all. Those in that folder itself are a series
 * with its name. Links are followed. Names that begin with a dot are passed over, and counted.
 */
final class ImageSearch {
  private static final Set<FileVisitOption> FOLLOW = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
  private static final String ANY_DEPTH = "**";
  private static final String WILDCARDS = ".*[*?\\[{].*";

  private record Named(Path path, BasicFileAttributes attributes) {}

  private final String nameless;
  private final Map<Path, FoundImage> found = new LinkedHashMap<>(); // by absolute path
  private final List<Named> named = new ArrayList<>();
  private long hidden;

  /**
   * @param nameless series of files in the root of the file system
   */
  ImageSearch(String nameless) {
    this.nameless = nameless;
  }

  /**
   * All of them, in no order.
   *
   * @throws IOException naming what is not there and what matches nothing
   */
  List<FoundImage> find(List<String> patterns) throws IOException {
    for (String pattern : patterns) {
      Path path = Path.of(pattern);
      if (Files.exists(path)) {
        take(path);
      } else if (pattern.matches(WILDCARDS)) {
        takeMatching(path);
      } else {
        throw new NoSuchFileException(pattern + ": no such file or folder");
      }
    }
    addNamed();
    if (found.isEmpty()) {
      throw new IOException("%s: no file in it".formatted(String.join(", ", patterns)));
    }
    return List.copyOf(found.values());
  }

  /** How many files were passed over because their names begin with a dot. */
  long hidden() {
    return hidden;
  }

  private void take(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      takeFolder(path);
    } else if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new NoSuchFileException(path + ": is a link to what is not there");
    } else {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isOther()) { // a pipe: it would be waited for
        throw new IOException(path + ": is neither a file nor a folder");
      }
      named.add(new Named(path, attributes));
    }
  }

  private void takeFolder(Path folder) throws IOException {
    walk(
        folder,
        Integer.MAX_VALUE,
        new Walk() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return !inner.equals(folder) && isHidden(inner)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file)) {
              hidden++;
            } else if (!attributes.isOther()) {
              add(file, folder, attributes);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void takeMatching(Path pattern) throws IOException {
    Path base = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
    int part = 0;
    while (part < pattern.getNameCount() && !isPattern(pattern.getName(part))) {
      base = base.resolve(pattern.getName(part++));
    }
    if (!Files.isDirectory(base)) {
      throw new NoSuchFileException(base + ": no such folder");
    }
    Path rest = pattern.subpath(part, pattern.getNameCount());
    List<Path> matching = matching(base, rest.toString());
    if (matching.isEmpty()) {
      throw new NoSuchFileException(pattern + ": no file or folder matches");
    }
    for (Path path : matching) {
      take(path);
    }
  }

  private static List<Path> matching(Path base, String rest) throws IOException {
    boolean isDeep = rest.contains(ANY_DEPTH); // files at any depth, no whole folders
    PathMatcher matcher = base.getFileSystem().getPathMatcher("glob:" + rest);
    PathMatcher flat =
        base.getFileSystem().getPathMatcher("glob:" + rest.replace(ANY_DEPTH + "/", ""));
    Predicate<Path> matches = path -> matcher.matches(path) || flat.matches(path);
    int depth = isDeep ? Integer.MAX_VALUE : Path.of(rest).getNameCount();
    List<Path> matching = new ArrayList<>();
    walk(
        base,
        depth,
        new Walk() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            if (inner.equals(base)) {
              return FileVisitResult.CONTINUE;
            }
            if (isHidden(inner)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (!isDeep && matches.test(base.relativize(inner))) {
              matching.add(inner); // with all that lies in it
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isOther() && !isHidden(file) && matches.test(base.relativize(file))) {
              matching.add(file); // a folder where the depth ends
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return matching;
  }

  private static boolean isPattern(Path part) {
    return part.toString().matches(WILDCARDS);
  }

  private static void walk(Path from, int depth, Walk walk) throws IOException {
    Files.walkFileTree(from, FOLLOW, depth, walk);
  }

  /** Passes over a folder that a link leads back to; it has been seen. */
  private abstract static class Walk extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private static boolean isHidden(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(".") && !name.equals(".") && !name.equals("..");
  }

  private void addNamed() {
    if (named.isEmpty()) {
      return;
    }
    Path root = folderOf(named.get(0).path());
    for (Named one : named) {
      Path folder = folderOf(one.path());
      while (!folder.startsWith(root) && root.getParent() != null) {
        root = root.getParent();
      }
    }
    for (Named one : named) {
      add(one.path(), root, one.attributes());
    }
  }

  private static Path folderOf(Path file) {
    Path parent = absolute(file).getParent();
    return parent == null ? absolute(file) : parent;
  }

  private void add(Path file, Path root, BasicFileAttributes attributes) {
    Path whole = absolute(file);
    found.putIfAbsent(
        whole,
        new FoundImage(
            file, series(whole, absolute(root)), attributes.lastModifiedTime().toMillis()));
  }

  private String series(Path file, Path root) {
    Path between = root.relativize(file).getParent();
    if (between == null) {
      return root.getFileName() == null ? nameless : root.getFileName().toString();
    }
    StringJoiner series = new StringJoiner("/");
    between.forEach(folder -> series.add(folder.toString()));
    return series.toString();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
