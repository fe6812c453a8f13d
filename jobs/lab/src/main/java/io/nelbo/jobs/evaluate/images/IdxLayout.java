package io.nelbo.jobs.evaluate.images;

import io.nelbo.jobs.csv.CsvFile;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.IdxFile;
import io.nelbo.jobs.evaluate.data.SetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All images in one IDX file, {@code images-idx3-ubyte} (grey) or {@code images-idx4-ubyte} (with
 * channels), their masks likewise, and {@code labels.csv} with the columns {@code
 * row,name,class,split}; any of them plain or gzip.
 *
 * <p>What is normal, the rows of the split {@code train} say: the class that most of them have.
 */
final class IdxLayout implements ImageLayout {
  private static final String LABELS = "labels.csv";
  private static final String TRAIN = "train";
  private static final String TEST = "test";

  /** One line of the labels. */
  private record Label(int row, String name, String kind, String split) {}

  @Override
  public boolean holds(Path folder) {
    return SetFiles.plainOrGzip(folder.resolve(LABELS)).isPresent()
        && idx(folder, "images").isPresent();
  }

  @Override
  public Listing list(Path folder) throws IOException {
    IdxFile images = IdxFile.frames(idx(folder, "images").orElseThrow());
    IdxPixels.requireChannels(images);
    Optional<Path> maskFile = idx(folder, "masks");
    Optional<IdxFile> masks = Optional.empty();
    if (maskFile.isPresent()) {
      masks = Optional.of(IdxFile.frames(maskFile.get()));
      requireMaskOfEach(images, masks.get());
    }
    Path file = SetFiles.plainOrGzip(folder.resolve(LABELS)).orElseThrow();
    List<Label> labels = labels(file, images.count());
    String normal = normalClass(file, labels);
    List<Listing.Item> items = new ArrayList<>();
    int passed = 0;
    int foreign = 0;
    for (Label label : labels) {
      boolean train = label.split().equals(TRAIN);
      boolean anomalous = !label.kind().equals(normal);
      if (!train && !label.split().equals(TEST)) {
        passed++;
      } else if (train && anomalous) {
        foreign++;
      } else {
        List<Pixels> own = new ArrayList<>();
        masks.filter(all -> anomalous).ifPresent(all -> own.add(new IdxPixels(all, label.row())));
        items.add(
            new Listing.Item(
                label.name(), train, anomalous, new IdxPixels(images, label.row()), own));
      }
    }
    List<String> notes = new ArrayList<>();
    if (passed > 0) {
      notes.add("%d images of other splits than train and test are left out".formatted(passed));
    }
    if (foreign > 0) {
      notes.add(
          "%d images of the split train are not of its usual class %s and left out"
              .formatted(foreign, normal));
    }
    return new Listing(items, notes);
  }

  private static void requireMaskOfEach(IdxFile images, IdxFile masks)
      throws BenchmarkDataException {
    IdxPixels.requireChannels(masks);
    if (masks.count() != images.count()) {
      throw new BenchmarkDataException(
          "%s holds %d masks, %s holds %d images"
              .formatted(masks.file(), masks.count(), images.file(), images.count()));
    }
  }

  private static Optional<Path> idx(Path folder, String what) {
    return Stream.of("-idx3-ubyte", "-idx4-ubyte")
        .flatMap(ending -> SetFiles.plainOrGzip(folder.resolve(what + ending)).stream())
        .findFirst();
  }

  private static String normalClass(Path file, List<Label> labels) throws BenchmarkDataException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    labels.stream()
        .filter(label -> label.split().equals(TRAIN))
        .forEach(label -> counts.merge(label.kind(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                new BenchmarkDataException(
                    file + ": no row has the split " + TRAIN + ", which says what is normal"));
  }

  private static List<Label> labels(Path file, int images) throws IOException {
    List<Label> labels = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    try (CsvFile.Reader lines = new CsvFile(file).read()) {
      List<String> columns = new CsvFile(file).header();
      requireColumns(file, columns);
      for (Optional<CsvFile.Row> line = lines.next(); line.isPresent(); line = lines.next()) {
        int row = labels.size();
        if (columns.contains("row")) {
          row = number(file, line.get());
        }
        if (row < 0 || row >= images || !seen.add(row)) {
          throw new BenchmarkDataException(
              "%s line %d: row is %d, expected each of 0..%d at most once"
                  .formatted(file, line.get().line(), row, images - 1));
        }
        String name = columns.contains("name") ? line.get().cells().get("name") : "row " + row;
        labels.add(
            new Label(
                row,
                name,
                line.get().cells().get("class").strip(),
                line.get().cells().get("split").strip().toLowerCase(Locale.ROOT)));
      }
    }
    if (labels.size() != images) {
      throw new BenchmarkDataException(
          "%s labels %d images, there are %d".formatted(file, labels.size(), images));
    }
    return labels;
  }

  private static void requireColumns(Path file, List<String> columns)
      throws BenchmarkDataException {
    for (String wanted : List.of("class", "split")) {
      if (!columns.contains(wanted)) {
        throw new BenchmarkDataException(
            "%s has no column '%s'; it has %s".formatted(file, wanted, columns));
      }
    }
  }

  private static int number(Path file, CsvFile.Row line) throws BenchmarkDataException {
    String text = line.cells().get("row").strip();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new BenchmarkDataException(
          "%s line %d: row is '%s', expected a number".formatted(file, line.line(), text));
    }
  }
}
