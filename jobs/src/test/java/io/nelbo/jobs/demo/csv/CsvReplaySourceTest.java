package io.nelbo.jobs.demo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.csv.CsvValues;
import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.values.EpochUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvReplaySourceTest {
  @TempDir private Path folder;

  private String time = "";
  private String series = "";
  private String label = "";
  private boolean skipBadRows;
  private OptionalInt trainRows = OptionalInt.empty();

  @Test
  void oneFileTrainsOnItsFirstRowsAndIsNamedAfterItself() throws Exception {
    Path file = write("taxi.csv", "a,b", 2_000, i -> i + "," + 2 * i);

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a", "b");
    assertThat(replay.trainRows()).isEqualTo(300);
    assertThat(replay.readings()).hasSize(2_000);
    assertThat(replay.readings().get(7).series()).isEqualTo("taxi");
    assertThat(replay.readings().get(7).values()).containsExactly(7, 14);
    assertThat(replay.border()).isEqualTo(replay.start().plus(Duration.ofHours(5)));
    assertThat(replay.isLabelled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"150, 60", "1000, 200", "10000, 1500"})
  void aSingleFileTrainsOnFifteenPercentButEnoughAndNotTooMuch(int rows, int expected)
      throws Exception {
    Path file = write("x.csv", "a", rows, i -> "" + i);

    assertThat(read(file).trainRows()).isEqualTo(expected);
  }

  @Test
  void theFirstOfSeveralFilesTrainsAndNeedsNoLabel() throws Exception {
    Path train = gzip(write("train.csv", "a,b", 120, i -> "1,2"));
    Path test = gzip(write("test.csv", "b,a,label", 50, i -> "2,1," + (i > 40 ? 1 : 0)));
    label = "label";

    CsvReplay replay = read(train, test);

    assertThat(replay.trainRows()).isEqualTo(120);
    assertThat(replay.isLabelled()).isTrue();
    assertThat(replay.readings().get(0).anomalous()).isEmpty();
    assertThat(replay.readings().get(160).anomalous()).contains(false);
    assertThat(replay.readings().get(169).anomalous()).contains(true);
    assertThat(replay.readings().get(169).values()).containsExactly(1, 2);
    assertThat(replay.readings())
        .extracting(Reading::series)
        .containsOnly(String.valueOf(folder.getFileName()));
    assertThat(Duration.between(replay.start(), replay.end())).isEqualTo(Duration.ofMinutes(169));
    assertThat(replay.notes())
        .containsExactly(
            "no column tells the time (--time): each row of a series counts as 1m, from"
                + " 2000-01-01 on",
            "constant over the rows that train: a, b; kept, so a change there will count as"
                + " strange");
  }

  @Test
  void seriesThatStandOneAfterTheOtherAreInterleavedByTime() throws Exception {
    Path file =
        write(
            "plant.csv",
            "machine,when,a",
            200,
            i -> (i < 100 ? "m1," : "m2,") + (1_700_000_000 + i % 100) + "," + i);
    time = "when";
    series = "machine";
    trainRows = OptionalInt.of(81);

    CsvReplay replay = read(file);

    assertThat(replay.readings().subList(0, 4))
        .extracting(r -> r.series() + " " + r.values()[0])
        .containsExactly("m1 0.0", "m2 100.0", "m1 1.0", "m2 101.0");
    assertThat(replay.trainRows()).as("both rows of one instant fall on one side").isEqualTo(80);
    assertThat(replay.ticks().next()).hasSize(2);
  }

  @Test
  void cellsThatAreEmptyOrNotANumberByNameAreNotObserved() throws Exception {
    Path file = write("x.csv", "a,b", 120, i -> i == 3 ? "NaN," : i + "," + i);

    CsvReplay replay = read(file);

    assertThat(replay.readings().get(3).values()).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void rowsOutOfOrderOfTimeAreLateAndToldOnceWithThePlaceOfTheFirst() throws Exception {
    Path file =
        write(
            "x.csv", "t,a", 130, i -> (1_700_000_000 + (i == 5 ? 4 : i == 50 ? 10 : i)) + "," + i);
    time = "t";

    CsvReplay replay = read(file);

    assertThat(replay.readings()).hasSize(128);
    assertThat(replay.notes())
        .containsExactly(
            "2 rows are late, not after an earlier row of their series, and neither scored nor"
                + " trained on; the first is "
                + file
                + " line 7, 2023-11-14T22:13:24Z after 2023-11-14T22:13:24Z");
  }

  @Test
  void aCounterOfRowsIsNoTimeHoweverItIsNamed() throws Exception {
    Path file = write("x.csv", "time,a", 120, i -> i + ",1");

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("time", "a");
    assertThat(replay.notes().get(0))
        .isEqualTo(
            "no column tells the time (--time): each row of a series counts as 1m, from"
                + " 2000-01-01 on; column time holds \"0\", which is no likely time since 1970 in"
                + " any unit (as seconds 1970-01-01T00:00:00Z, as milliseconds"
                + " 1970-01-01T00:00:00Z): if one of them is meant, say so in source.time-unit, for"
                + " files --time-unit");
  }

  @Test
  void aColumnOfTimesIsFoundByItsNameAndItsValues() throws Exception {
    Path file = write("x.csv", "a,Timestamp", 120, i -> "1," + (1_795_910_400L + i));

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.start()).hasToString("2026-11-29T00:00:00Z");
    assertThat(replay.notes().get(0))
        .isEqualTo(
            "rows are timed by column Timestamp, found by its name and values; --time names"
                + " another");
  }

  @Test
  void badRowsAreLeftOutAndToldByReasonWhereThatIsAskedFor() throws Exception {
    Path file =
        write("x.csv", "a,b", 130, i -> i % 50 == 7 ? "50;691,1" : i == 9 ? "1,2,3" : i + ",1");
    skipBadRows = true;

    CsvReplay replay = read(file);

    assertThat(replay.readings()).hasSize(126);
    assertThat(replay.notes().get(1))
        .isEqualTo(
            "rows that cannot be used and are left out: 1 UNPARSEABLE, 3 WRONG_FEATURES; the first"
                + " is "
                + file
                + " line 9: column a holds \"50;691\", which is no number: name the column with"
                + " --time, --series or --label if it is one of these, or remove it");
  }

  @Test
  void semicolonsTabsAndAByteOrderMarkAreUnderstood() throws Exception {
    Path semicolons = write("s.csv", "\uFEFFa;b", 120, i -> i + ";1");
    Path tabs = write("t.csv", "a\tb", 120, i -> i + "\t1");

    assertThat(read(semicolons).features()).containsExactly("a", "b");
    assertThat(read(tabs).features()).containsExactly("a", "b");
  }

  @Test
  void aRaggedRowIsNamed() throws Exception {
    Path file = write("x.csv", "a,b", 120, i -> i == 9 ? "1,2,3" : "1,2");

    refuses(file + " line 11: has 3 cells, but the header has 2", file);
  }

  @Test
  void aCellThatIsNoNumberIsNamedWithWhatToDo() throws Exception {
    Path file = write("x.csv", "timestamp,value", 120, i -> "2014-04-01 00:00:00,1");

    refuses(
        file
            + " line 2: column timestamp holds \"2014-04-01 00:00:00\", which is no number:"
            + " name the column with --time, --series or --label if it is one of these, or remove"
            + " it",
        file);
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    Path file = write("x.csv", "a,b", 120, i -> "1,2");
    time = "when";

    refuses(file + ": no column when (--time); the header has [a, b]", file);
  }

  @Test
  void aLabelThatNoFileHasIsRefused() throws Exception {
    Path file = write("x.csv", "a,b", 120, i -> "1,2");
    label = "truth";

    refuses(file + ": no column truth (--label) in any file", file);
  }

  @Test
  void filesWithDifferentColumnsAreRefused() throws Exception {
    Path train = write("train.csv", "a,b", 120, i -> "1,2");
    Path test = write("test.csv", "a,b,label", 120, i -> "1,2,0");
    Path narrow = write("narrow.csv", "a", 120, i -> "1");

    refuses(
        test
            + ": column label is not in "
            + train
            + ": name it with --label if it tells anomalies, or remove it",
        train,
        test);
    refuses(narrow + ": column b of " + train + " is missing", train, narrow);
  }

  @Test
  void aTimeThatCannotBeReadIsNamed() throws Exception {
    Path file = write("x.csv", "t,a", 120, i -> "yesterday,1");
    time = "t";

    refuses(
        file
            + " line 2: column t (--time) holds \"yesterday\", which is no time: use ISO-8601, like"
            + " 2026-12-31T23:59:59Z, or a number of seconds or milliseconds since 1970",
        file);
  }

  @Test
  void aLabelThatCannotBeReadIsNamed() throws Exception {
    Path file = write("x.csv", "a,y", 120, i -> "1,maybe");
    label = "y";

    refuses(
        file
            + " line 2: column y (--label) holds \"maybe\", which is no label: use 1 or true for"
            + " anomalous, 0 or false for normal, nothing where unknown",
        file);
  }

  @Test
  void emptyMissingAndShortFilesAreNamed() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    Path header = Files.writeString(folder.resolve("header.csv"), "a,b\n");
    Path few = write("few.csv", "a", 99, i -> "1");
    Path absent = folder.resolve("absent.csv");

    refuses(empty + ": the file is empty; a header line is needed", empty);
    refuses(header + ": there is a header but no row", header);
    refuses(few + ": 99 rows in all; at least 100 are needed to train and score", few);
    refuses(absent + ": no such file", absent);
  }

  @Test
  void trainingRowsMustLeaveSomeToScore() throws Exception {
    Path file = write("x.csv", "a", 120, i -> "1");
    trainRows = OptionalInt.of(120);

    refuses(
        file
            + ": 120 rows would train (--train-rows), of 120 in all: some must remain to be scored",
        file);
  }

  private CsvReplay read(Path... files) throws IOException {
    CsvValues values = new CsvValues(EpochUnit.AUTO, ZoneOffset.UTC, false, skipBadRows);
    CsvColumns columns = new CsvColumns(time, series, label, Duration.ofMinutes(1), values);
    return new CsvReplaySource(List.of(files), columns, trainRows).read();
  }

  private void refuses(String message, Path... files) {
    assertThatThrownBy(() -> read(files))
        .isInstanceOf(CsvFormatException.class)
        .hasMessage(message);
  }

  private Path write(String name, String header, int rows, IntFunction<String> row)
      throws IOException {
    String body = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), header + "\n" + body + "\n");
  }

  private static Path gzip(Path plain) throws IOException {
    Path zipped = plain.resolveSibling(plain.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(Files.readString(plain).getBytes(StandardCharsets.UTF_8));
    }
    return zipped;
  }
}
