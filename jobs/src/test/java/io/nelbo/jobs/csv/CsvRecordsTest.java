package io.nelbo.jobs.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvRecordsTest {
  private static final CsvColumns NAMED =
      new CsvColumns("timestamp", "pump", "label", Duration.ofMinutes(1));

  @TempDir private Path folder;

  @Test
  void readsFilesOneAfterTheOtherPlainOrGzip() throws Exception {
    Path train = file("train.csv", "timestamp,pump,a,b\n2014-04-01 00:05:00,p1,1,\n");
    Path test = gzip("test.csv.gz", "b,timestamp,pump,a,label\nNaN,1396310700.5,p2,-2e3,1\n");

    CsvRecords records = new CsvRecords(List.of(train, test), NAMED);

    assertThat(records.features()).containsExactly("a", "b");
    assertThat(rows(records))
        .extracting(CsvRecord::series, CsvRecord::eventTimeMillis, CsvRecord::label)
        .containsExactly(
            tuple("p1", millis("2014-04-01T00:05:00Z"), -1), tuple("p2", 1396310700500L, 1));
    assertThat(rows(records))
        .extracting(CsvRecord::values)
        .containsExactly(new float[] {1, Float.NaN}, new float[] {-2000, Float.NaN});
  }

  @Test
  void countsRowsWhereThereIsNoTimeAcrossFiles() throws Exception {
    Path first = file("first.csv", "a\n1\n2\n");
    Path second = file("second.csv", "a\n3\n");

    CsvRecords records = new CsvRecords(List.of(first, second), CsvColumns.none());

    assertThat(rows(records))
        .extracting(row -> Instant.ofEpochMilli(row.eventTimeMillis()).toString())
        .containsExactly("2000-01-01T00:00:00Z", "2000-01-01T00:01:00Z", "2000-01-01T00:02:00Z");
  }

  @Test
  void namesFileLineColumnAndValueOfWhatItCannotRead() throws Exception {
    Path text = file("text.csv", "timestamp,a\n2014-04-01 00:05:00,1\n");
    Path label = file("label.csv", "a,b\n1,maybe\n");

    CsvRecords unnamedTime = new CsvRecords(List.of(text), CsvColumns.none());
    CsvRecords badLabel =
        new CsvRecords(List.of(label), new CsvColumns("", "", "b", Duration.ofMinutes(1)));

    assertThatThrownBy(() -> rows(unnamedTime))
        .hasMessage(
            text
                + " line 2: column timestamp holds \"2014-04-01 00:05:00\", which is no number:"
                + " name the column with --time, --series or --label if it is one of"
                + " these, or remove it");
    assertThatThrownBy(() -> rows(badLabel))
        .hasMessage(
            label
                + " line 2: column b (--label) holds \"maybe\", which is no label: use 1 or true"
                + " for anomalous, 0 or false for normal, nothing where unknown");
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "a,température\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16));

    assertThatThrownBy(() -> new CsvRecords(List.of(latin), CsvColumns.none()))
        .hasMessage(latin + ": is not UTF-8: save it in that encoding");
    assertThatThrownBy(() -> new CsvRecords(List.of(wide), CsvColumns.none()))
        .hasMessage(wide + ": is not UTF-8: save it in that encoding");
  }

  @Test
  void namesTheOneSeriesAfterItsFileOrTheFolderThatFilesShare() throws Exception {
    Path machine = Files.createDirectory(folder.resolve("machine-1-2"));
    Path train = Files.writeString(machine.resolve("train.csv"), "a\n1\n");
    Path test = Files.writeString(machine.resolve("test.csv"), "a\n2\n");
    Path elsewhere = gzip("elsewhere.csv.gz", "a\n3\n");

    assertThat(rows(new CsvRecords(List.of(train, test), CsvColumns.none())))
        .extracting(CsvRecord::series, CsvRecord::file)
        .containsExactly(tuple("machine-1-2", 0), tuple("machine-1-2", 1));
    assertThat(rows(new CsvRecords(List.of(elsewhere, test), CsvColumns.none())))
        .extracting(CsvRecord::series)
        .containsOnly("elsewhere");
    assertThat(rows(new CsvRecords(List.of(train), CsvColumns.none())))
        .extracting(CsvRecord::series)
        .containsExactly("train");
  }

  @Test
  void readsTheFeaturesThatAreAskedForAndNoOthers() throws Exception {
    Path file = file("wide.csv", "a;note;b\n1;hello;2\n");

    CsvRecords records = new CsvRecords(List.of(file), CsvColumns.none(), List.of("b", "a"));

    assertThat(rows(records)).extracting(CsvRecord::values).containsExactly(new float[] {2, 1});
    assertThatThrownBy(
            () -> new CsvRecords(List.of(file), CsvColumns.none(), List.of("a", "pressure")))
        .hasMessage(file + ": no column pressure; the features are [a, note, b]");
  }

  @Test
  void refusesFilesThatDoNotFitTogether() throws Exception {
    Path train = file("train.csv", "a,b\n1,2\n");
    Path labelled = file("labelled.csv", "a,b,label\n1,2,0\n");
    Path other = file("other.csv", "a\n1\n");

    assertThatThrownBy(() -> new CsvRecords(List.of(train, labelled), CsvColumns.none()))
        .hasMessage(
            "%s: column label is not in %s: name it with --label if it tells anomalies, or remove it"
                .formatted(labelled, train));
    assertThatThrownBy(() -> new CsvRecords(List.of(train, other), CsvColumns.none()))
        .hasMessage("%s: column b of %s is missing".formatted(other, train));
    assertThatThrownBy(() -> new CsvRecords(List.of(train), NAMED))
        .hasMessage("%s: no column timestamp (--time); the header has [a, b]".formatted(train));
    assertThatThrownBy(() -> new CsvRecords(List.of(folder.resolve("none.csv")), CsvColumns.none()))
        .hasMessage(folder.resolve("none.csv") + ": no such file");
  }

  private static List<CsvRecord> rows(CsvRecords records) throws IOException {
    List<CsvRecord> rows = new ArrayList<>();
    records.forEach(rows::add);
    return rows;
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path gzip(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
