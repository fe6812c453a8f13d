package io.nelbo.jobs.progress;

import io.nelbo.jobs.text.ShownText;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which series send images that the configuration does not take: each is told once, as soon as it
 * does. Bounded: of the series behind the first fifty it is told once that there are more.
 */
public final class ForeignCameras {
  private static final int MOST = 50;

  private final Set<String> told = new HashSet<>();

  /**
   * An image of this series was refused for what it is.
   *
   * @param what it is, and what is wanted
   * @return what to tell; empty when it has been told
   */
  public Optional<String> see(String series, String what) {
    if (told.size() > MOST || told.contains(series)) {
      return Optional.empty();
    }
    told.add(series);
    return Optional.of(
        told.size() > MOST
            ? "more than %d series send images that the configuration does not take: the others are not named"
                .formatted(MOST)
            : "%s sends %s".formatted(named(series), what));
  }

  private static String named(String series) {
    return series.isBlank() ? "a series without a name" : ShownText.of(series);
  }
}
