package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.IdxFile;
import io.nelbo.jobs.evaluate.data.SetFiles;
import io.nelbo.jobs.evaluate.images.LabelledFrame;
import io.nelbo.model.record.Frames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One half of an IDX folder, {@code train} or {@code t10k}: grey images and a label each. */
final class LabelledImages {
  static final String TRAIN = "train";
  static final String TEST = "t10k";

  private static final double WHITE = 255;

  private final IdxFile images;
  private final IdxFile labels;

  private LabelledImages(IdxFile images, IdxFile labels) {
    this.images = images;
    this.labels = labels;
  }

  /**
   * Reads {@code <half>-images-idx3-ubyte} and {@code <half>-labels-idx1-ubyte}, plain or gzip.
   *
   * @throws BenchmarkDataException when one is missing, damaged, or of another length
   */
  static LabelledImages read(Path folder, String half) throws IOException {
    IdxFile images = IdxFile.images(file(folder, half + "-images-idx3-ubyte"));
    IdxFile labels = IdxFile.labels(file(folder, half + "-labels-idx1-ubyte"));
    if (labels.count() != images.count()) {
      throw new BenchmarkDataException(
          String.format(
              "%s holds %d labels, %s holds %d images",
              labels.file(), labels.count(), images.file(), images.count()));
    }
    return new LabelledImages(images, labels);
  }

  /** Only the labels of a half, in rising order, each once. */
  static List<Integer> classes(Path folder, String half) throws IOException {
    byte[] labels = IdxFile.labels(file(folder, half + "-labels-idx1-ubyte")).values();
    return IntStream.range(0, labels.length)
        .mapToObj(i -> Byte.toUnsignedInt(labels[i]))
        .distinct()
        .sorted()
        .toList();
  }

  int size() {
    return images.count();
  }

  /** Pixels per image. */
  int pixels() {
    return images.shape()[1] * images.shape()[2];
  }

  int label(int image) {
    return Byte.toUnsignedInt(labels.values()[image]);
  }

  /** Where the images come from, for messages. */
  Path source() {
    return images.file();
  }

  /**
   * Fails unless the other images have as many rows and columns.
   *
   * @throws BenchmarkDataException naming both files
   */
  void requireShapeOf(LabelledImages other) throws BenchmarkDataException {
    if (images.shape()[1] != other.images.shape()[1]
        || images.shape()[2] != other.images.shape()[2]) {
      throw new BenchmarkDataException(
          String.format(
              "%s holds images of %d x %d, %s of %d x %d",
              source(),
              images.shape()[1],
              images.shape()[2],
              other.source(),
              other.images.shape()[1],
              other.images.shape()[2]));
    }
  }

  /** Grey in [0, 1] of the images whose position is accepted, row by row of each. */
  float[][] grey(IntPredicate position) {
    return IntStream.range(0, size()).filter(position).mapToObj(this::grey).toArray(float[][]::new);
  }

  /** What a model of frames takes them for. */
  Frames shape() {
    return new Frames(images.shape()[1], images.shape()[2], 1);
  }

  /** As frames, of the images whose position is accepted. */
  List<LabelledFrame> frames(IntPredicate position) {
    return IntStream.range(0, size())
        .filter(position)
        .mapToObj(
            image ->
                LabelledFrame.normal(
                    "image " + image,
                    Arrays.copyOfRange(images.values(), image * pixels(), (image + 1) * pixels())))
        .toList();
  }

  /** All images as bits, each drawn with its grey as the probability. */
  float[][] bits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] bits = grey(image -> true);
    for (float[] image : bits) {
      for (int pixel = 0; pixel < image.length; pixel++) {
        image[pixel] = random.nextDouble() < image[pixel] ? 1f : 0f;
      }
    }
    return bits;
  }

  /** Grey images as rows without times. */
  LabelledRows rows(IntPredicate position) {
    float[][] values = grey(position);
    List<String> names = new ArrayList<>();
    int width = images.shape()[2];
    for (int pixel = 0; pixel < pixels(); pixel++) {
      names.add(String.format("row%02d_column%02d", pixel / width, pixel % width));
    }
    return new LabelledRows(
        source().toString(), names, values, new long[values.length], new boolean[values.length]);
  }

  private float[] grey(int image) {
    float[] grey = new float[pixels()];
    int start = image * grey.length;
    for (int pixel = 0; pixel < grey.length; pixel++) {
      grey[pixel] = (float) (Byte.toUnsignedInt(images.values()[start + pixel]) / WHITE);
    }
    return grey;
  }

  private static Path file(Path folder, String name) throws IOException {
    SetFiles.requireFolder(folder);
    return SetFiles.plainOrGzip(folder.resolve(name))
        .orElseThrow(
            () ->
                new BenchmarkDataException(folder + " holds neither " + name + ".gz nor " + name));
  }
}
