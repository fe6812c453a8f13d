package io.nelbo.jobs.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder that are one set each; a set is named by its file without the ending. */
public final class SetFiles {
  private final Path folder;
  private final List<String> endings;

  public SetFiles(Path folder, String... endings) {
    this.folder = folder;
    this.endings = List.of(endings);
  }

  /**
   * @throws BenchmarkDataException when the folder does not exist or holds no set
   */
  public List<String> names() throws IOException {
    List<String> names = namesIfAny();
    if (names.isEmpty()) {
      throw new BenchmarkDataException(
          folder + " holds no file that ends with " + String.join(" or ", endings));
    }
    return names;
  }

  /** None where the folder holds none. */
  public List<String> namesIfAny() throws IOException {
    return List.copyOf(byName().keySet());
  }

  public Path file(String name) throws IOException {
    return Optional.ofNullable(byName().get(name))
        .orElseThrow(() -> new BenchmarkDataException(folder + " holds no set " + name));
  }

  /** The sub-folders, in order. */
  public static List<Path> folders(Path parent) throws IOException {
    requireFolder(parent);
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** The file, or else the same with {@code .gz}. */
  public static Optional<Path> plainOrGzip(Path plain) {
    Path gzip = plain.resolveSibling(plain.getFileName() + ".gz");
    return Stream.of(gzip, plain).filter(Files::exists).findFirst();
  }

  public static void requireFolder(Path folder) throws BenchmarkDataException {
    if (!Files.isDirectory(folder)) {
      throw new BenchmarkDataException(folder + ": no such folder");
    }
  }

  private Map<String, Path> byName() throws IOException {
    requireFolder(folder);
    Map<String, Path> named = new TreeMap<>(NUMBERS_FIRST);
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : entries.sorted().toList()) {
        String name = file.getFileName().toString();
        endings.stream()
            .filter(name::endsWith)
            .findFirst()
            .ifPresent(
                ending -> named.put(name.substring(0, name.length() - ending.length()), file));
      }
    }
    return named;
  }

  /** 2 before 10. */
  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.comparingInt(SetFiles::leadingNumber).thenComparing(Comparator.naturalOrder());

  private static int leadingNumber(String name) {
    String digits = name.replaceFirst("\\D.*$", "");
    return digits.isEmpty() || digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }
}
