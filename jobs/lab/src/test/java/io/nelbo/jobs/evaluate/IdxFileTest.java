package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.IdxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {
  @TempDir private Path folder;

  @Test
  void readsPlainAndGzipAlike() throws Exception {
    byte[] content = TinyImages.idx(new int[] {2, 1, 3}, new byte[] {0, 1, 2, (byte) 200, 4, 5});
    Path plain = Files.write(folder.resolve("plain"), content);
    Path gzip = TinyImages.gzip(folder.resolve("packed.gz"), content);

    for (Path file : new Path[] {plain, gzip}) {
      IdxFile images = IdxFile.images(file);

      assertThat(images.count()).isEqualTo(2);
      assertThat(images.shape()).containsExactly(2, 1, 3);
      assertThat(images.values()).containsExactly(0, 1, 2, 200, 4, 5);
    }
  }

  @Test
  void namesTheFileAndWhatIsWrongWithIt() throws Exception {
    byte[] labels = TinyImages.idx(new int[] {3}, new byte[] {7, 8, 9});
    byte[] longer = Arrays.copyOf(labels, labels.length + 1);
    byte[] huge = TinyImages.idx(new int[] {1 << 20, 1 << 10, 1 << 10}, new byte[0]);

    assertThat(failureOfImages(labels))
        .isEqualTo("%s: the magic number is 2049, expected 2051 (images of unsigned bytes)");
    assertThat(failureOfLabels(TinyImages.idx(new int[] {1, 1, 1}, new byte[1])))
        .isEqualTo("%s: the magic number is 2051, expected 2049 (labels of unsigned bytes)");
    assertThat(failureOfLabels(Arrays.copyOf(labels, labels.length - 1)))
        .isEqualTo("%s: the file ends after 2 of 3 values, it is not whole");
    assertThat(failureOfLabels(longer))
        .isEqualTo("%s: there is more than the 3 values of its header");
    assertThat(failureOfLabels(Arrays.copyOf(labels, 6)))
        .isEqualTo("%s: the file ends too early, it is not whole");
    assertThat(failureOfLabels(new byte[0]))
        .isEqualTo("%s: the file ends too early, it is not whole");
    assertThat(failureOfLabels(TinyImages.idx(new int[] {0}, new byte[0])))
        .isEqualTo("%s: dimension 0 is 0, expected at least 1 and less than 2 GiB in all");
    assertThat(failureOfImages(huge))
        .isEqualTo("%s: dimension 2 is 1024, expected at least 1 and less than 2 GiB in all");
  }

  @Test
  void saysThatGzipIsCutOffOrDamaged() throws Exception {
    byte[] labels = TinyImages.idx(new int[] {1000}, new byte[1000]);
    Path file = TinyImages.gzip(folder.resolve("labels.gz"), labels);
    byte[] packed = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(packed, packed.length / 2));
    byte[] damaged = packed.clone();
    damaged[10] = (byte) 0xff;
    Path other = Files.write(folder.resolve("damaged.gz"), damaged);

    assertThatThrownBy(() -> IdxFile.labels(file))
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessage("%s: the file ends too early, it is not whole", file);
    assertThatThrownBy(() -> IdxFile.labels(other))
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessageStartingWith(other + ": the gzip data are damaged: ");
  }

  @Test
  void imagesAndLabelsMustGoTogether() throws Exception {
    TinyImages.write(folder, "train", new int[] {0, 1, 1}, 1);
    Files.write(
        folder.resolve("train-labels-idx1-ubyte"),
        TinyImages.idx(new int[] {2}, new byte[] {0, 1}));
    Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));

    assertThatThrownBy(() -> LabelledImages.read(folder, "train"))
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessage(
            "%s holds 2 labels, %s holds 3 images",
            folder.resolve("train-labels-idx1-ubyte"),
            folder.resolve("train-images-idx3-ubyte.gz"));
    assertThatThrownBy(() -> LabelledImages.read(folder, "t10k"))
        .hasMessage(folder + " holds neither t10k-images-idx3-ubyte.gz nor t10k-images-idx3-ubyte");
  }

  @Test
  void greyIsAShareOfWhiteAndBitsAreDrawnOnceBySeed() throws Exception {
    Path images = folder.resolve("t10k-images-idx3-ubyte");
    byte[] pixels = new byte[40_000];
    Arrays.fill(pixels, (byte) 51);
    Files.write(images, TinyImages.idx(new int[] {1, 200, 200}, pixels));
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte"), TinyImages.idx(new int[] {1}, new byte[] {3}));

    LabelledImages read = LabelledImages.read(folder, "t10k");

    assertThat(read.grey(image -> true)[0]).containsOnly(0.2f);
    float[] bits = read.bits(1)[0];
    assertThat(bits).containsOnly(0f, 1f).isEqualTo(read.bits(1)[0]).isNotEqualTo(read.bits(2)[0]);
    double ones = 0;
    for (float bit : bits) {
      ones += bit;
    }
    assertThat(ones / bits.length).isBetween(0.19, 0.21);
  }

  private String failureOfImages(byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("broken"), content);
    return message(() -> IdxFile.images(file), file);
  }

  private String failureOfLabels(byte[] content) throws Exception {
    Path file = Files.write(folder.resolve("broken"), content);
    return message(() -> IdxFile.labels(file), file);
  }

  /** Something that fails. */
  private interface Reading {
    void run() throws Exception;
  }

  private static String message(Reading reading, Path file) throws Exception {
    try {
      reading.run();
    } catch (BenchmarkDataException e) {
      return String.valueOf(e.getMessage()).replace(file.toString(), "%s");
    }
    return "none";
  }
}
