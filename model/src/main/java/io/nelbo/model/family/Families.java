package io.nelbo.model.family;

import io.nelbo.model.family.pca.ProbabilisticPca;
import io.nelbo.model.family.vae.DenseVae;
import io.nelbo.model.fit.Family;
import java.util.List;

/**
 * The registry: a new family is a folder beside this file and a row here. Nothing else names one.
 */
public final class Families {
  private static final List<Family> ALL = List.of(new DenseVae(), new ProbabilisticPca());

  private Families() {}

  /** Names of all families, the default one first. */
  public static List<String> names() {
    return ALL.stream().map(Family::name).toList();
  }

  /**
   * @throws IllegalArgumentException that lists the known names
   */
  public static Family named(String name) {
    return ALL.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "family must be one of %s, got %s".formatted(names(), name)));
  }
}
