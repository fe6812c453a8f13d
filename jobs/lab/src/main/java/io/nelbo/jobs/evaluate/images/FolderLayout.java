package io.nelbo.jobs.evaluate.images;

import static java.util.stream.Collectors.joining;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Image files as the field lays them out (Bergmann et al. 2019): {@code train/good}, {@code
 * test/<kind>}, and in {@code ground_truth/<kind>} a mask of each defective image, {@code
 * <name>_mask.png}; or {@code <name>.png}, or several in {@code <name>/}.
 *
 * <p>What is normal, the folders of {@code train} say: a kind of the same name is. Where images lie
 * in {@code train} itself, the kinds {@code good}, {@code normal} and {@code ok} are.
 */
final class FolderLayout implements ImageLayout {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String MASKS = "ground_truth";
  private static final String MASK_ENDING = "_mask";

  private static final Set<String> USUAL_NORMAL = Set.of("good", "normal", "ok");

  /** What is met as an image; those that cannot be read say so when they are. */
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "jpe", "bmp", "tif", "tiff", "gif", "webp");

  @Override
  public boolean holds(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN));
  }

  @Override
  public Listing list(Path folder) throws IOException {
    Path train = folder.resolve(TRAIN);
    Path test = folder.resolve(TEST);
    if (!Files.isDirectory(test)) {
      throw new BenchmarkDataException(
          folder + " holds " + TRAIN + " and no " + TEST + ": nothing could be told");
    }
    List<Listing.Item> items = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path image : images(train)) {
      items.add(item(folder, image, true, false, List.of()));
    }
    Set<String> normal = normalKinds(train);
    for (Path kind : SetFiles.folders(test)) {
      String name = kind.getFileName().toString();
      boolean anomalous = !normal.contains(name.toLowerCase(Locale.ROOT));
      Masks masks = anomalous ? Masks.of(folder.resolve(MASKS).resolve(name)) : Masks.NONE;
      for (Path image : images(kind)) {
        items.add(item(folder, image, false, anomalous, masks.of(stem(kind, image))));
      }
    }
    long loose = directly(test).size();
    if (loose > 0) {
      notes.add(
          "%d images in %s itself are left out: the folder of their kind would label them"
              .formatted(loose, TEST));
    }
    if (items.stream().noneMatch(item -> !item.train() && !item.anomalous())) {
      notes.add(
          "no kind in %s is normal, which by %s are: %s"
              .formatted(TEST, TRAIN, normal.stream().sorted().collect(joining(", "))));
    }
    return new Listing(items, notes);
  }

  private static Listing.Item item(
      Path folder, Path image, boolean train, boolean anomalous, List<Pixels> masks) {
    return new Listing.Item(
        folder.relativize(image).toString(), train, anomalous, new FilePixels(image), masks);
  }

  private static Set<String> normalKinds(Path train) throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Path kind : SetFiles.folders(train)) {
      if (!images(kind).isEmpty()) {
        kinds.add(kind.getFileName().toString().toLowerCase(Locale.ROOT));
      }
    }
    if (!directly(train).isEmpty()) {
      kinds.addAll(USUAL_NORMAL);
    }
    return kinds;
  }

  /** Masks by the name of the image that they belong to, without its ending. */
  private record Masks(Map<String, List<Pixels>> byStem) {
    static final Masks NONE = new Masks(Map.of());

    static Masks of(Path folder) throws IOException {
      if (!Files.isDirectory(folder)) {
        return NONE;
      }
      Map<String, List<Pixels>> byStem = new TreeMap<>();
      for (Path mask : images(folder)) {
        String stem = stem(folder, mask);
        byStem.computeIfAbsent(stem, key -> new ArrayList<>()).add(new FilePixels(mask));
        int parent = stem.lastIndexOf('/');
        if (parent > 0) {
          byStem
              .computeIfAbsent(stem.substring(0, parent) + "/", key -> new ArrayList<>())
              .add(new FilePixels(mask));
        }
      }
      return new Masks(byStem);
    }

    List<Pixels> of(String stem) {
      return Stream.of(stem + MASK_ENDING, stem, stem + "/")
          .filter(byStem::containsKey)
          .findFirst()
          .map(key -> byStem.getOrDefault(key, List.of()))
          .orElse(List.of());
    }
  }

  /** Below a folder, with slashes, without the ending. */
  private static String stem(Path folder, Path image) {
    String name = folder.relativize(image).toString().replace('\\', '/');
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static List<Path> images(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(FolderLayout::isImage).sorted().toList();
    }
  }

  private static List<Path> directly(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(FolderLayout::isImage).toList();
    }
  }

  /** What a system hides is none. */
  private static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !name.startsWith(".")
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
        && Files.isRegularFile(file);
  }
}
