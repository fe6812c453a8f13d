package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nelbo.model.train.Segment;
import io.nelbo.model.train.TrainingSpan;
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
  void readsTimesAsToolsWriteThem() {
    long expected = millis("2024-03-01T10:20:30Z");

    assertThat(
            List.of(
                "2024-03-01T10:20:30Z",
                "2024-03-01T12:20:30+02:00",
                "2024-03-01 10:20:30",
                "2024-03-01 10:20:30.000",
                "1709288430",
                "1709288430000",
                "1.70928843e9"))
        .allSatisfy(text -> assertThat(CsvText.time(text)).contains(expected));
    assertThat(CsvText.time("2024-03-01")).contains(millis("2024-03-01T00:00:00Z"));
    assertThat(CsvText.time("yesterday")).isEmpty();
  }

  @Test
  void namesFileRowColumnAndValueOfWhatItCannotRead() throws Exception {
    Path text = file("text.csv", "timestamp,a\n2014-04-01 00:05:00,1\n");
    Path label = file("label.csv", "a,b\n1,maybe\n");

    CsvRecords unnamedTime = new CsvRecords(List.of(text), CsvColumns.none());
    CsvRecords badLabel =
        new CsvRecords(List.of(label), new CsvColumns("", "", "b", Duration.ofMinutes(1)));

    assertThatThrownBy(() -> rows(unnamedTime))
        .hasMessage(
            text
                + " row 1, column timestamp: '2014-04-01 00:05:00' is not a finite number; time,"
                + " series and label columns must be named as such");
    assertThatThrownBy(() -> rows(badLabel))
        .hasMessage(
            label + " row 1, column b: 'maybe' is no label; write 1, 0, true, false or nothing");
  }

  @Test
  void refusesFilesThatDoNotFitTogether() throws Exception {
    Path train = file("train.csv", "a,b\n1,2\n");
    Path labelled = file("labelled.csv", "a,b,label\n1,2,0\n");
    Path other = file("other.csv", "a\n1\n");

    assertThatThrownBy(() -> new CsvRecords(List.of(train, labelled), CsvColumns.none()))
        .hasMessage(
            "%s has the column 'label', %s has not; if it is the label, name it as such"
                .formatted(labelled, train));
    assertThatThrownBy(() -> new CsvRecords(List.of(train, other), CsvColumns.none()))
        .hasMessage("%s lacks the column 'b' of %s".formatted(other, train));
    assertThatThrownBy(() -> new CsvRecords(List.of(train), NAMED))
        .hasMessage("%s has no column 'timestamp'; it has [a, b]".formatted(train));
    assertThatThrownBy(() -> new CsvRecords(List.of(folder.resolve("none.csv")), CsvColumns.none()))
        .hasMessage(folder.resolve("none.csv") + ": no such file");
  }

  @Test
  void cutsSegmentsAtGapsSortsThemAndLeavesOutAnomalies() {
    SpanBuilder builder = new SpanBuilder(List.of("a"), Duration.ofMillis(10));
    builder.add(row("p1", 20, 3, 0));
    builder.add(row("p1", 5, 1, -1));
    builder.add(row("p1", 15, 2, 0));
    builder.add(row("p1", 15, 9, 0));
    builder.add(row("p1", 18, 9, 1));
    builder.add(row("p2", 0, 7, 0));
    builder.add(row("p1", 31, 4, 0));

    TrainingSpan span = builder.build();

    assertThat(span.startMillis()).isZero();
    assertThat(span.endMillis()).isEqualTo(32);
    assertThat(span.segments())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new Segment("p1", new long[] {5, 15, 20}, new float[] {1, 2, 3}),
            new Segment("p1", new long[] {31}, new float[] {4}),
            new Segment("p2", new long[] {0}, new float[] {7}));
  }

  private static CsvRecord row(String series, long time, float value, int label) {
    return new CsvRecord(series, time, new float[] {value}, label);
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
