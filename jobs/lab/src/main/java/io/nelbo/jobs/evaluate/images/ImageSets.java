package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The sets of a folder, which is one set itself or holds some, each in a layout of its own. */
public final class ImageSets {
  /** Behind the name of a set whose normal images are split by groups. */
  private static final String BY_GROUP = "-by-group";

  private static final List<ImageLayout> LAYOUTS = List.of(new IdxLayout(), new FolderLayout());

  private final Path data;
  private final Optional<NumberGroups> groups;

  /**
   * @param groupGap of the numbers in the names of normal images: what is closer is on one side of
   *     the split, which is drawn anew; empty for the split that is given
   */
  public ImageSets(Path data, OptionalInt groupGap) {
    this.data = data;
    groups =
        groupGap.isPresent()
            ? Optional.of(new NumberGroups(groupGap.getAsInt()))
            : Optional.empty();
  }

  /**
   * @throws BenchmarkDataException when there is none
   */
  public List<String> names() throws IOException {
    return List.copyOf(folders().keySet());
  }

  /**
   * @throws BenchmarkDataException when its files contradict each other, or nothing is left to
   *     train on or to test
   */
  public ImageSet read(String name) throws IOException {
    Path folder =
        Optional.ofNullable(folders().get(name))
            .orElseThrow(() -> new BenchmarkDataException(data + " holds no set " + name));
    ImageLayout layout =
        LAYOUTS.stream().filter(each -> each.holds(folder)).findFirst().orElseThrow();
    ImageSet set = new ImageSetReader(folder).read(layout.list(folder));
    return groups.isPresent() ? groups.get().split(set) : set;
  }

  private Map<String, Path> folders() throws IOException {
    SetFiles.requireFolder(data);
    Predicate<Path> isSet = folder -> LAYOUTS.stream().anyMatch(each -> each.holds(folder));
    List<Path> found =
        isSet.test(data)
            ? List.of(data.toRealPath())
            : SetFiles.folders(data).stream().filter(isSet).toList();
    if (found.isEmpty()) {
      throw new BenchmarkDataException(
          data
              + " is no set of images and holds none: neither train/good and test/<kind> with image"
              + " files, nor images-idx3-ubyte(.gz) and labels.csv");
    }
    Map<String, Path> named = new TreeMap<>();
    found.forEach(
        folder -> named.put(folder.getFileName() + (groups.isPresent() ? BY_GROUP : ""), folder));
    return named;
  }
}
