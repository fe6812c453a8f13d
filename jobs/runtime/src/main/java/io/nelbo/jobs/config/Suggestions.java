package io.nelbo.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The key, or the one of a few values, that somebody probably meant. */
final class Suggestions {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private final List<String> paths;

  Suggestions(Collection<String> paths) {
    this.paths = List.copyOf(paths);
  }

  /** {@code , did you mean '...'?}, or nothing when none is near. */
  String didYouMean(String path) {
    return paths.stream()
        .filter(candidate -> distance(path, candidate) <= 1 + leaf(path).length() / 4)
        .min(Comparator.comparingInt(candidate -> DISTANCE.apply(path, candidate)))
        .map(candidate -> ", did you mean '" + candidate + "'?")
        .orElse("");
  }

  /** Right name in the wrong section counts as near. */
  private static int distance(String path, String candidate) {
    return Math.min(DISTANCE.apply(path, candidate), DISTANCE.apply(leaf(path), leaf(candidate)));
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
