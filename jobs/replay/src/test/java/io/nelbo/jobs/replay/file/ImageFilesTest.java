package io.nelbo.jobs.replay.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.testing.Pictures;
import io.nelbo.schemas.ImageEncoding;
import io.nelbo.schemas.ImageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files of images as a recording. */
final class ImageFilesTest {
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
  private static final ReplayRange ALL = ReplayRange.between(Optional.empty(), Optional.empty());

  @TempDir private Path temporary;

  @Test
  void seriesAreTheFoldersBelowTheOneThatIsNamed() throws IOException {
    Path line = temporary.resolve("line");
    for (String name : List.of("0.png", "cam2/a.jpg", "cam10/deep/x.png", "cam2/b.JPEG")) {
      image(line.resolve(name));
    }

    RecordFiles files = files(line.toString());

    assertThat(read(files))
        .extracting(record -> record.wellFormed().series(), record -> time(record))
        .containsExactly(
            tuple("cam2", EPOCH),
            tuple("cam10/deep", EPOCH),
            tuple("line", EPOCH),
            tuple("cam2", EPOCH.plusSeconds(1)));
    assertThat(files.names().nameOf(0, 3)).isEqualTo(line.resolve("cam2/b.JPEG").toString());
    assertThat(files.describe()).isEqualTo(line.toString());
  }

  @Test
  void namedFilesGiveTheSeriesThatTheirFolderWouldHoweverTheyAreNamed() throws IOException {
    Path line = temporary.resolve("line");
    image(line.resolve("cam1/1.png"));
    image(line.resolve("cam2/1.png"));
    Files.writeString(line.resolve("cam2/notes.txt"), "no image");

    for (List<String> named :
        List.of(
            List.of(line + "/*/*.png"),
            List.of(line + "/**/*.png"),
            List.of(line + "/**.png"),
            List.of(line + "/cam1/1.png", line + "/cam2/1.png"),
            List.of(line + "/cam1", line + "/cam2/*.png"),
            List.of(line + "/cam1/", line + "/cam2/1.png", line + "/cam2/../cam2/1.png"))) {
      assertThat(read(files(named.toArray(String[]::new))))
          .as("%s", named)
          .extracting(record -> record.isRejected() ? "" : record.wellFormed().series())
          .containsExactly("cam1", "cam2");
    }
    assertThat(read(files(line + "/cam1/*.png")))
        .extracting(record -> record.wellFormed().series())
        .containsExactly("cam1");
    assertThat(read(files(line + "/cam*"))).hasSize(3);
  }

  @Test
  void theOrderOfNamesIsThatOfPeopleASecondApart() throws IOException {
    for (String name : List.of("img10.png", "img2.png", "img1.png")) {
      image(temporary.resolve(name));
    }

    RecordFiles files = files(temporary.toString());

    assertThat(List.of(0L, 1L, 2L))
        .extracting(offset -> Path.of(files.names().nameOf(0, offset)).getFileName().toString())
        .containsExactly("img1.png", "img2.png", "img10.png");
    assertThat(read(files))
        .extracting(ImageFilesTest::time)
        .containsExactly(EPOCH, EPOCH.plusSeconds(1), EPOCH.plusSeconds(2));
    assertThat(files.notes())
        .containsExactly(
            "the times of 3 files are made up, by the order of the names of each series, a second"
                + " apart from 2000-01-01T00:00:00Z on",
            temporary.resolve("img1.png")
                + " has no time of day in its name; --image-time name would leave such files out,"
                + " file takes when they were changed");
  }

  @Test
  void namesThatAllHoldATimeAreTakenAndRepeatsFollowEachOther() throws IOException {
    image(temporary.resolve("a/2026-12-01_12-00-05.png"));
    image(temporary.resolve("b/20261201T120000.png"));
    image(temporary.resolve("a/1796126400000_1.png"));
    image(temporary.resolve("a/1796126400000_2.png"));
    Files.writeString(temporary.resolve("labels.csv"), "no image");

    RecordFiles files = files(temporary.toString());

    assertThat(read(files).stream().filter(record -> !record.isRejected()))
        .extracting(record -> record.wellFormed().series(), record -> time(record))
        .containsExactly(
            tuple("a", NOON),
            tuple("b", NOON),
            tuple("a", NOON.plusMillis(1)),
            tuple("a", NOON.plusSeconds(5)));
    assertThat(files.notes())
        .containsExactly(
            "the times of 5 files are those in their names: 2026-12-01T12:00:00Z to"
                + " 2026-12-01T12:00:05Z",
            "1 of them have the time of the one before in their series and follow it by a"
                + " millisecond");
    assertThat(files.refusals().orElseThrow())
        .startsWith("1 of 5 files cannot be used and are dead letters: NO_TIME 1 (")
        .endsWith("labels.csv: event time is missing: its name holds none");
  }

  @Test
  void timesAreThoseOfTheFilesWhereThatIsAsked() throws IOException {
    image(temporary.resolve("b.png"));
    image(temporary.resolve("a.png"));
    Files.setLastModifiedTime(temporary.resolve("b.png"), FileTime.from(NOON));
    Files.setLastModifiedTime(temporary.resolve("a.png"), FileTime.from(NOON.plusSeconds(9)));

    RecordFiles files =
        RecordFiles.of(
            List.of(temporary.toString()), CsvColumns.none(), ImageTime.FILE, config(""), ALL);

    assertThat(read(files))
        .extracting(ImageFilesTest::time)
        .containsExactly(NOON, NOON.plusSeconds(9));
    assertThat(files.notes())
        .containsExactly(
            "the times of 2 files are when they were last changed: 2026-12-01T12:00:00Z to"
                + " 2026-12-01T12:00:09Z (--image-time file)");
  }

  @Test
  void whatIsNoFrameIsPassedOverAndToldByReasonWithTheFirstNames() throws IOException {
    byte[] sound = Pictures.grey("png", 16, 16, 5);
    write("1.png", sound);
    write("2.png", Arrays.copyOf(sound, sound.length / 2));
    write("3.png", new byte[0]);
    write("4.gif", Pictures.grey("gif", 16, 16, 5));
    write("5.png", Pictures.grey("png", 32, 32, 5));
    write("6.png", Pictures.grey("png", 32, 32, 6));
    write("7.txt", "no image".getBytes(UTF_8));
    write("8.raw", new byte[256]);
    write("9.raw", new byte[255]);
    write("z.png", new byte[5000]);
    write(".hidden.png", sound);
    Files.createSymbolicLink(temporary.resolve("x.png"), temporary.resolve("gone.png"));
    Files.createSymbolicLink(temporary.resolve("loop"), temporary);

    RecordFiles files = files(temporary.toString());

    assertThat(read(files).stream().filter(record -> !record.isRejected())).hasSize(2);
    String in = temporary + "/";
    assertThat(files.refusals().orElseThrow())
        .isEqualTo(
            "9 of 11 files cannot be used and are dead letters:"
                + " TOO_LARGE 1 (%1$sz.png),".formatted(in)
                + " UNPARSEABLE 4 (%1$s2.png, %1$s3.png, %1$s7.txt, ...),".formatted(in)
                + " WRONG_FRAME 4 (%1$s4.gif, %1$s5.png, %1$s6.png, ...);".formatted(in)
                + " the first is %s2.png: %s".formatted(in, firstRefusal(files))
                + "; 2 of 11 files are 32 x 32, the configuration says 16 x 16: set image.height:"
                + " 32 and image.width: 32, or image.fit: stretch or crop");
    assertThat(files.notes()).contains("1 files are passed over: their names begin with a dot");
  }

  @Test
  void whereNothingCanBeUsedItIsSaidWhatWasFoundAndWhatToSet() throws IOException {
    write("a.png", Pictures.grey("png", 32, 32, 5));
    write("b.png", Pictures.grey("png", 32, 32, 5));

    assertThatThrownBy(() -> files(temporary.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%1$s: nothing can be used: WRONG_FRAME 2 (%1$s/a.png, %1$s/b.png); the first is"
                    .formatted(temporary)
                + " %s/a.png: image has height 32 and width 32, the model's frames have 16 and 16"
                    .formatted(temporary)
                + " (image.fit: exact); 2 of 2 files are 32 x 32, the configuration says 16 x 16:"
                + " set image.height: 32 and image.width: 32, or image.fit: stretch or crop");
  }

  @Test
  void columnsOfTablesAreRefusedWhereThereAreNone() throws IOException {
    write("a.png", Pictures.grey("png", 16, 16, 5));
    CsvColumns labelled = new CsvColumns("", "", "label", Duration.ofMinutes(1));

    assertThatThrownBy(
            () -> RecordFiles.of(List.of(temporary.toString()), labelled, config(""), ALL))
        .hasMessageStartingWith("--time, --series and --label name columns of CSV files, images");
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));

    assertThatThrownBy(() -> files(empty.toString())).hasMessage(empty + ": no file in it");
    assertThatThrownBy(() -> files(empty + "/*.png"))
        .hasMessage(empty + "/*.png: no file or folder matches");
    assertThatThrownBy(() -> files(empty + "/none"))
        .hasMessage(empty + "/none: no such file or folder");
    assertThatThrownBy(() -> files(empty + "/none/*.png"))
        .hasMessage(empty + "/none: no such folder");
  }

  @Test
  void trainingTakesNoMoreImagesThanItsMemoryHolds() throws IOException {
    for (int i = 0; i < 200; i++) {
      image(temporary.resolve("i" + i + ".png"));
    }
    NelboConfig small = config("retrain: {min-rows: 100, max-bytes: 160KiB}\n");
    ImageRecording all =
        ImageRecording.of(List.of(temporary.toString()), ImageTime.AUTO, CsvColumns.none(), small);

    ImageRecording some = all.forTraining(small);

    assertThat(some.size()).isEqualTo(158);
    assertThat(some.notes())
        .contains(
            "one in 1.27 images is used, evenly chosen: retrain.max-bytes (160KiB) holds 158");
    assertThat(all.forTraining(config("")).size()).isEqualTo(200);
  }

  @Test
  void imageRecordsOfAnAvroContainerAreReadByTheRulesOfTheTopic() throws IOException {
    Path file = temporary.resolve("images.avro");
    try (DataFileWriter<ImageRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ImageRecord.class))) {
      writer.create(ImageRecord.getClassSchema(), file.toFile());
      for (int side : new int[] {16, 32}) {
        writer.append(
            ImageRecord.newBuilder()
                .setSeries("camera-3")
                .setEventTime(NOON)
                .setEncoding(ImageEncoding.PNG)
                .setImage(ByteBuffer.wrap(Pictures.grey("png", side, side, 5)))
                .build());
      }
    }
    NelboConfig config =
        TestConfig.of("features: []\nimage: {height: 16, width: 16}\nsource: {topic: t.records}\n");

    RecordFiles files = RecordFiles.of(List.of(file.toString()), CsvColumns.none(), config, ALL);

    assertThat(read(files))
        .extracting(record -> record.isRejected() ? record.refusal().reason() : "read")
        .containsExactly("read", "WRONG_FRAME");
    assertThat(read(files).get(0).wellFormed().series()).isEqualTo("camera-3");
    assertThat(time(read(files).get(0))).isEqualTo(NOON);
  }

  @Test
  void aSeriesThatSpansManyFoldersKeepsItsOrderUnderAnyBound() throws IOException {
    for (int i = 0; i < 30; i++) {
      image(temporary.resolve("cam%d/%d.png".formatted(i % 3, i)));
    }

    List<Decoded> records = read(files(temporary.toString()));

    assertThat(records).extracting(Decoded::eventTimeMillis).isSorted();
    assertThat(time(records.get(29))).isEqualTo(EPOCH.plus(Duration.ofSeconds(9)));
  }

  private static String firstRefusal(RecordFiles files) throws IOException {
    return read(files).stream()
        .filter(Decoded::isRejected)
        .findFirst()
        .orElseThrow()
        .refusal()
        .message();
  }

  private void image(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    String format = file.toString().endsWith("png") ? "png" : "jpg";
    Files.write(file, Pictures.grey(format, 16, 16, 100));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(temporary.resolve(name), bytes);
  }

  private static RecordFiles files(String... patterns) throws IOException {
    return RecordFiles.of(List.of(patterns), CsvColumns.none(), config(""), ALL);
  }

  private static NelboConfig config(String more) {
    return TestConfig.of(
        """
        features: []
        image: {height: 16, width: 16}
        source: {topic: t.records, format: image, max-bytes: 4KiB}
        """
            + more);
  }

  private static List<Decoded> read(RecordFiles files) throws IOException {
    List<Decoded> records = new ArrayList<>();
    files.forEach(records::add);
    return records;
  }

  private static Instant time(Decoded record) {
    return Instant.ofEpochMilli(record.eventTimeMillis());
  }
}
