package io.nelbo.model.family;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.family.frames.ConvolutionalVae;
import io.nelbo.model.family.pca.ProbabilisticPca;
import io.nelbo.model.family.vae.DenseVae;
import io.nelbo.model.fit.Family;
import io.nelbo.model.record.RecordShape;
import java.util.List;

/**
 * The registry: a new family is a folder beside this file and a row here. Nothing else names one.
 */
public final class Families {
  private static final List<Family> ALL =
      List.of(new DenseVae(), new ConvolutionalVae(), new ProbabilisticPca());

  private Families() {}

  /** How many rows there are; one name may have several. */
  public static int count() {
    return ALL.size();
  }

  /** Names of all families, the default one first. */
  public static List<String> names() {
    return ALL.stream().map(Family::name).distinct().toList();
  }

  /**
   * The family of this name for such records: one name may stand for several networks.
   *
   * @throws IllegalArgumentException that lists the known names, or says which records it takes
   */
  public static Family named(String name, RecordShape record) {
    List<Family> named = ALL.stream().filter(family -> family.name().equals(name)).toList();
    requireArgument(!named.isEmpty(), "family must be one of %s, got %s", names(), name);
    return named.stream()
        .filter(family -> family.takes(record))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the family %s does not take %s, %s does"
                        .formatted(
                            name, record.inWords(), String.join(" or ", namesTaking(record)))));
  }

  /** Names of the families of such records. */
  public static List<String> namesTaking(RecordShape record) {
    return ALL.stream().filter(family -> family.takes(record)).map(Family::name).toList();
  }
}
