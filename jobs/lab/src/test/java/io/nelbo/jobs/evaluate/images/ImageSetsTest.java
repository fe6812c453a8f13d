package io.nelbo.jobs.evaluate.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.evaluate.DrawnImages;
import io.nelbo.jobs.evaluate.TinyImageSet;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.model.record.Frames;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageSetsTest {
  @TempDir private Path folder;
  private Path set;

  @BeforeEach
  void name() {
    set = folder.resolve("bottles");
  }

  @Test
  void readsFoldersAsTheFieldLaysThemOut() throws Exception {
    new DrawnImages(40, 30, false, 1).write(set, 6, 3, 2);

    ImageSet read = read();

    assertThat(read.frames()).isEqualTo(new Frames(40, 30, 1));
    assertThat(read.train()).hasSize(6).noneMatch(LabelledFrame::anomalous);
    assertThat(read.anomalous()).containsExactly(true, true, false, false, false);
    assertThat(read.test().get(0).name()).isEqualTo("test/blot/000.png");
    assertThat(read.test().get(0).mask().orElseThrow().cardinality()).isEqualTo(36);
    assertThat(read.test().get(2).mask().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void aFolderMayHoldSetsOfEitherLayoutByName() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 3, 1, 1);
    TinyImageSet.write(folder.resolve("tiles"), 30, 3, 1, 1, true);
    Files.createDirectories(folder.resolve("notes"));

    assertThat(sets(folder).names()).containsExactly("bottles", "tiles");
    assertThat(sets(set).names()).containsExactly("bottles");
  }

  @Test
  void theClassOfTheTrainingRowsIsNormalWhateverItIsCalled() throws Exception {
    TinyImageSet.write(set, 30, 5, 2, 3, true);

    ImageSet read = read();

    assertThat(read.anomalous()).containsExactly(false, false, true, true, true);
    assertThat(read.train()).hasSize(5);
    assertThat(read.test().get(4).name()).isEqualTo("part_90.jpg");
    assertThat(read.test().get(4).mask().orElseThrow().cardinality()).isEqualTo(36);
  }

  @Test
  void kindsNamedAsTheFoldersOfTrainAreNormal() throws Exception {
    DrawnImages images = new DrawnImages(30, 30, false, 1);
    images.good(set.resolve("train/ok"), 4);
    images.good(set.resolve("test/OK"), 2);
    images.good(set.resolve("test/ko"), 1);

    assertThat(read().anomalous()).containsExactly(false, false, true);
  }

  @Test
  void imagesDirectlyInTrainAreNormalAndSoAreGoodOnes() throws Exception {
    DrawnImages images = new DrawnImages(30, 30, false, 1);
    images.good(set.resolve("train"), 4);
    images.good(set.resolve("test/bent"), 1);
    images.good(set.resolve("test/good"), 2);

    assertThat(read().train()).hasSize(4);
    assertThat(read().anomalous()).containsExactly(true, false, false);
  }

  @Test
  void masksMayBeCalledAsTheirImagesOrLieInAFolderOfTheirName() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 3, 1, 2);
    Path masks = set.resolve("ground_truth/blot");
    Files.move(masks.resolve("000_mask.png"), masks.resolve("000.PNG"));
    Files.createDirectories(masks.resolve("001"));
    Files.move(masks.resolve("001_mask.png"), masks.resolve("001/000.png"));
    mask(masks.resolve("001/001.png"), 30, 0, 0, 1, 255);

    ImageSet read = read();

    assertThat(read.test().get(0).mask().orElseThrow().cardinality()).isEqualTo(36);
    assertThat(read.test().get(1).mask().orElseThrow().cardinality()).isEqualTo(37);
  }

  @Test
  void aDamagedImageOrMaskIsToldAndLeftOut() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 4, 2, 2);
    cut(set.resolve("train/good/001.png"));
    Files.write(set.resolve("test/good/001.png"), new byte[0]);
    cut(set.resolve("ground_truth/blot/000_mask.png"));
    Files.write(set.resolve("test/good/photo.bmp"), new byte[] {'B', 'M', 1, 2});
    Files.writeString(set.resolve("test/good/.DS_Store"), "x");
    Files.writeString(set.resolve("test/good/license.txt"), "x");

    ImageSet read = read();

    assertThat(read.train()).hasSize(3);
    assertThat(read.anomalous()).containsExactly(true, true, false);
    assertThat(read.test().get(0).mask()).isEmpty();
    assertThat(read.test().get(1).mask()).isPresent();
    assertThat(read.notes())
        .anyMatch(
            note ->
                note.startsWith("3 of 9 images cannot be read and are left out (")
                    && note.contains("train/good/001.png: PNG ")
                    && note.contains("test/good/photo.bmp: image is a BMP"))
        .anyMatch(note -> note.startsWith("1 of 2 defects have no mask that could be read ("));
  }

  @Test
  void imagesOfOtherSizesAreStretchedToTheUsualOne() throws Exception {
    new DrawnImages(40, 30, false, 1).write(set, 5, 2, 1);
    new DrawnImages(80, 60, false, 1).good(set.resolve("train/good/large"), 2);

    ImageSet read = read();

    assertThat(read.frames()).isEqualTo(new Frames(40, 30, 1));
    assertThat(read.train()).hasSize(7).allMatch(frame -> frame.values().length == 40 * 30);
    assertThat(read.notes())
        .contains(
            "2 of 10 images have another size than 40 x 30, the usual one, and are stretched");
  }

  @Test
  void largeImagesAreMadeSmallerAndSmallOnesLarger() throws Exception {
    new DrawnImages(600, 300, false, 1).write(set, 2, 1, 1);
    TinyImageSet.write(folder.resolve("small"), 20, 3, 1, 1, true);

    ImageSet large = read();
    ImageSet small = sets(folder).read("small");

    assertThat(large.frames()).isEqualTo(new Frames(256, 128, 1));
    assertThat(large.notes()).contains("images of 600 x 300 are scaled to 256 x 128");
    assertThat(large.test().get(0).mask().orElseThrow().cardinality()).isBetween(4, 9);
    assertThat(small.frames()).isEqualTo(new Frames(28, 28, 1));
  }

  @Test
  void aCrackOfOnePixelIsStillInAMaskThatIsMadeSmaller() throws Exception {
    new DrawnImages(512, 512, false, 1).write(set, 2, 1, 1);
    mask(set.resolve("ground_truth/blot/000_mask.png"), 512, 100, 100, 1, 255);

    assertThat(read().test().get(0).mask().orElseThrow().stream().toArray())
        .containsExactly(50 * 256 + 50);
  }

  @Test
  void masksThatNumberTheirDefectsMarkWhatIsAboveZero() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 2, 1, 2);
    mask(set.resolve("ground_truth/blot/000_mask.png"), 30, 3, 4, 2, 1);
    mask(set.resolve("ground_truth/blot/001_mask.png"), 30, 3, 4, 2, 0);

    ImageSet read = read();

    assertThat(read.test().get(0).mask().orElseThrow().stream().toArray())
        .containsExactly(4 * 30 + 3, 4 * 30 + 4, 5 * 30 + 3, 5 * 30 + 4);
    assertThat(read.test().get(1).mask()).isEmpty();
    assertThat(read.notes())
        .contains(
            "1 masks of 2 mark nothing in their image, which the figures of pixels leave out");
  }

  @Test
  void aSetIsColouredWhenMostOfItsTrainingImagesAre() throws Exception {
    new DrawnImages(30, 30, true, 1).write(set, 5, 2, 1);
    new DrawnImages(30, 30, false, 1).good(set.resolve("train/good/grey"), 2);
    Path stored = folder.resolve("grey-as-colour");
    for (String name : List.of("train/good/0.png", "train/good/1.png", "test/good/0.png")) {
      BufferedImage grey = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
      fill(grey, 3, 3, 9, new Color(90, 90, 90));
      Files.createDirectories(stored.resolve(name).getParent());
      ImageIO.write(grey, "png", stored.resolve(name).toFile());
    }

    assertThat(read().frames().channels()).isEqualTo(3);
    assertThat(sets(folder).read("grey-as-colour").frames().channels()).isEqualTo(1);
  }

  @Test
  void nothingLeftFailsWithTheReason() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 1, 1, 1);
    cut(set.resolve("train/good/000.png"));

    assertThatThrownBy(this::read)
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessageStartingWith(
            set + ": no image is left to train on (1 of 3 images cannot be read and are left out");
  }

  @Test
  void aFolderOfSomethingElseSaysWhatIsLookedFor() throws Exception {
    Files.createDirectories(set);

    assertThatThrownBy(() -> sets(folder).names())
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessage(
            folder
                + " is no set of images and holds none: neither train/good and test/<kind> with"
                + " image files, nor images-idx3-ubyte(.gz) and labels.csv");
  }

  @Test
  void labelsMustFitTheirImages() throws Exception {
    TinyImageSet.write(set, 30, 3, 1, 1, true);
    Path labels = set.resolve("labels.csv");
    List<String> lines = Files.readAllLines(labels);

    Files.write(labels, lines.subList(0, 5));
    assertThatThrownBy(this::read).hasMessage(labels + " labels 4 images, there are 5");
    Files.write(labels, lines.stream().map(line -> line.replace("split", "part")).toList());
    assertThatThrownBy(this::read)
        .hasMessage(labels + " has no column 'split'; it has [row, name, class, part]");
    Files.write(labels, lines.stream().map(line -> line.replaceFirst("^4,", "9,")).toList());
    assertThatThrownBy(this::read)
        .hasMessage(labels + " line 6: row is 9, expected each of 0..4 at most once");
  }

  @Test
  void imagesOfNeighbouringNumbersAreNeverOnBothSides() throws Exception {
    TinyImageSet.write(set, 30, 30, 10, 2, true); // numbers 0, 10, 20 ...
    Path labels = set.resolve("labels.csv");
    List<String> lines = Files.readAllLines(labels);
    for (int row = 1; row <= 40; row++) { // pairs: 0, 10, 100, 110, 200 ...
      int number = 10 * (row - 1);
      lines.set(
          row,
          lines.get(row).replace("part_" + number, "part_" + (number / 20 * 100 + number % 20)));
    }
    Files.write(labels, lines);

    ImageSet read = new ImageSets(set, OptionalInt.of(25)).read("bottles-by-group");

    List<Integer> tested =
        read.test().stream().filter(one -> !one.anomalous()).map(ImageSetsTest::hundreds).toList();
    List<Integer> trained = read.train().stream().map(ImageSetsTest::hundreds).toList();
    assertThat(tested).hasSize(8).doesNotContainAnyElementsOf(trained);
    assertThat(trained).hasSize(32).isSorted();
    assertThat(read.test()).filteredOn(LabelledFrame::anomalous).hasSize(2);
    assertThat(read.training(5)).isEqualTo(read.train());
    assertThat(read.notes())
        .contains("split anew: of 20 groups of normal images 4 test (8 images) and 16 train (32)");
  }

  @Test
  void namesWithoutNumbersFormNoGroups() throws Exception {
    new DrawnImages(30, 30, false, 1).write(set, 2, 1, 1);
    Files.move(set.resolve("train/good/000.png"), set.resolve("train/good/first.png"));

    assertThatThrownBy(() -> new ImageSets(set, OptionalInt.of(2)).read("bottles-by-group"))
        .hasMessage(
            set.toRealPath()
                + ": the name 'train/good/first.png' holds no number of at most 18 digits, which"
                + " --group-gap goes by");
  }

  private ImageSet read() throws Exception {
    return sets(folder).read("bottles");
  }

  private static ImageSets sets(Path data) {
    return new ImageSets(data, OptionalInt.empty());
  }

  private static int hundreds(LabelledFrame frame) {
    return Integer.parseInt(frame.name().replaceAll("\\D", "")) / 100;
  }

  private static void cut(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void mask(Path file, int side, int x, int y, int size, int value)
      throws Exception {
    BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    IntStream.range(0, size * size)
        .forEach(i -> mask.getRaster().setSample(x + i % size, y + i / size, 0, value));
    ImageIO.write(mask, "png", file.toFile());
  }

  private static void fill(BufferedImage image, int x, int y, int size, Color colour) {
    Graphics2D pen = image.createGraphics();
    pen.setColor(colour);
    pen.fillRect(x, y, size, size);
    pen.dispose();
  }
}
