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
import java.time.Instant;
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
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReplaySourceTest {
  @TempDir private Path folder;

  private String time = "";
  private String series = "";
  private String label = "";
  private boolean skipBadRows;
  private OptionalInt trainRows = OptionalInt.empty();

  @Test
  void oneFileTrainsOnItsFirstRowsAndIsNamedAfterItself() throws Exception {
    Path file = write("taxi.csv", "a,b", 2_000, i -> 3 * i + "," + 2 * i);

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a", "b");
    assertThat(replay.training().rows()).isEqualTo(300);
    assertThat(replay.readings()).hasSize(2_000);
    assertThat(replay.readings().get(7).series()).isEqualTo("taxi");
    assertThat(replay.readings().get(7).values()).containsExactly(21, 14);
    assertThat(replay.training().border()).isEqualTo(replay.start().plus(Duration.ofHours(5)));
    assertThat(replay.isLabelled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"150, 100", "600, 200", "400, 160", "10000, 1500"})
  void aSingleFileTrainsOnFifteenPercentButEnoughAndNotTooMuch(int rows, int expected)
      throws Exception {
    Path file = write("x.csv", "a", rows, i -> "" + i);

    assertThat(read(file).training().rows()).isEqualTo(expected);
  }

  @Test
  void theFirstOfSeveralFilesTrainsAndNeedsNoLabel() throws Exception {
    Path train = gzip(write("train.csv", "a,b", 120, i -> "1,2"));
    Path test = gzip(write("test.csv", "b,a,label", 50, i -> "2,1," + (i > 40 ? 1 : 0)));
    label = "label";

    CsvReplay replay = read(train, test);

    assertThat(replay.training().rows()).isEqualTo(120);
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
            400,
            i -> (i < 200 ? "m1," : "m2,") + (1_700_000_000 + i % 200) + "," + i);
    time = "when";
    series = "machine";
    trainRows = OptionalInt.of(161);

    CsvReplay replay = read(file);

    assertThat(replay.readings().subList(0, 4))
        .extracting(r -> r.series() + " " + r.values()[0])
        .containsExactly("m1 0.0", "m2 200.0", "m1 1.0", "m2 201.0");
    assertThat(replay.training().rows())
        .as("both rows of one instant fall on one side")
        .isEqualTo(160);
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

    assertThat(replay.readings()).hasSize(130);
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

    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.notes())
        .contains("columns that measure nothing are skipped: time (counts the rows)");
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

  @ParameterizedTest
  @ValueSource(strings = {"label", "anomaly", "is_anomaly", "Outlier", "attack"})
  void aColumnOfLabelsIsFoundByItsNameAndValuesAndIsNoFeature(String column) throws Exception {
    Path file = write("x.csv", "a," + column, 300, i -> i * i % 17 + "," + (i > 280 ? 1 : 0));

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.isLabelled()).isTrue();
    assertThat(replay.notes())
        .contains(
            "column %s tells what is anomalous, by its name and values, and is no feature; --label names another"
                .formatted(column));
  }

  @Test
  void aColumnThatOnlySoundsLikeLabelsIsAFeature() throws Exception {
    Path file = write("x.csv", "a,fault", 300, i -> i * i % 17 + "," + i % 7);

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a", "fault");
    assertThat(replay.isLabelled()).isFalse();
  }

  @Test
  void machinesThatShareATimeAreSeriesOfTheirOwn() throws Exception {
    Path file =
        write(
            "x.csv",
            "timestamp,machine_id,a",
            480,
            i -> minute(i / 12) + ",m" + i % 12 + "," + i * i % 17);

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.readings()).extracting(reading -> reading.series()).contains("m0", "m11");
    assertThat(replay.start()).isEqualTo(minute(0));
    assertThat(replay.notes())
        .contains("rows are parted into series by column machine_id; --series names another");
  }

  @Test
  void whereSeveralColumnsMayBeTheSeriesItIsAsked() throws Exception {
    Path file =
        write(
            "x.csv",
            "timestamp,machine,place,a",
            480,
            i -> minute(i / 12) + ",m" + i % 12 + ",p" + i % 12 + "," + i * i % 17);

    refuses(
        file
            + ": column timestamp does not grow from row to row, but within the values of each of"
            + " [machine, place]: name with --series the one that tells the machines apart",
        file);
  }

  @Test
  void rowsThatComeTwiceAreTimedAllTheSameAndTheirRepetitionsAreLate() throws Exception {
    Path file = write("x.csv", "timestamp,a", 400, i -> minute(i / 2) + "," + i / 2 * (i / 2) % 17);

    CsvReplay replay = read(file);

    assertThat(replay.start()).isEqualTo(minute(0));
    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.notes()).anyMatch(note -> note.contains("200") && note.contains("late"));
  }

  @Test
  void theNewestRowFirstIsReadInTheOrderOfTime() throws Exception {
    Path file =
        write("x.csv", "date,a", 400, i -> minute(400 - i) + "," + (400 - i) * (400 - i) % 17);

    CsvReplay replay = read(file);

    assertThat(replay.start()).isEqualTo(minute(1));
    assertThat(replay.readings().get(3).values()).containsExactly(16 % 17);
    assertThat(replay.notes())
        .contains("the newest row comes first: rows are read in the order of time")
        .noneMatch(note -> note.contains("late"));
  }

  @Test
  void whatMeasuresNothingIsNoFeature() throws Exception {
    Path file =
        write(
            "x.csv",
            "id,timestamp,a,unixtime,empty",
            300,
            i ->
                1000
                    + i
                    + ","
                    + minute(i)
                    + ","
                    + i * i % 17
                    + ","
                    + (1_795_910_400L + 60L * i)
                    + ",");

    CsvReplay replay = read(file);

    assertThat(replay.features()).containsExactly("a");
    assertThat(replay.notes())
        .contains(
            "columns that measure nothing are skipped: id (counts the rows), unixtime (another"
                + " time), empty (without a value)");
  }

  @Test
  void semicolonsTabsAndAByteOrderMarkAreUnderstood() throws Exception {
    Path semicolons = write("s.csv", "\uFEFFa;b", 120, i -> 2 * i + ";1");
    Path tabs = write("t.csv", "a\tb", 120, i -> 2 * i + "\t1");

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
    refuses(few + ": of 99 rows in all 99 can be trained on, at least 100 are needed", few);
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

  @Test
  void labelledRowsAreLeftOutOfTheTrainingAndCounted() throws Exception {
    Path file = write("x.csv", "a,y", 3_000, i -> i + "," + (i < 450 && i % 15 == 0 ? 1 : 0));
    label = "y";

    assertThat(read(file).training())
        .isEqualTo(new TrainingPart(minute(450), 420, 30, 0, 0))
        .extracting(TrainingPart::leftOutText)
        .isEqualTo("30 labelled anomalous");
  }

  @Test
  void rowsThatStandTwiceAreLeftOutOfTheTrainingAndCounted() throws Exception {
    Path file = write("x.csv", "t,a", 1_100, i -> (1_700_000_000 + (i - i / 11)) + "," + i);
    time = "t";

    TrainingPart training = read(file).training();

    assertThat(training.rows()).isEqualTo(training.trained() + training.late()).isEqualTo(200);
    assertThat(training.late()).isEqualTo(18);
  }

  @Test
  void theTrainingPartGrowsUntilEnoughOfItsRowsCanBeTrainedOn() throws Exception {
    Path file = write("x.csv", "a,y", 1_000, i -> i + "," + (i < 600 ? 1 : 0));
    label = "y";

    assertThat(read(file).training()).isEqualTo(new TrainingPart(minute(700), 100, 600, 0, 0));
  }

  @Test
  void aFileOfWhichTooFewRowsCanBeTrainedOnIsRefusedWithWhatIsLeftOut() throws Exception {
    Path all = write("all.csv", "a,y", 1_000, i -> i + ",1");
    label = "y";

    refuses(
        all
            + ": of 1,000 rows in all 0 can be trained on, at least 100 are needed; left out:"
            + " 1,000 labelled anomalous",
        all);
    trainRows = OptionalInt.of(300);
    refuses(
        all
            + ": of 300 rows that would train (--train-rows) 0 can be trained on, at least 100 are"
            + " needed; left out: 300 labelled anomalous",
        all);
  }

  @Test
  void aFileWhoseRowsAreAllRefusedSaysWhy() throws Exception {
    String name = "s".repeat(3_000);
    Path file = write("x.csv", "s,a", 300, i -> name + "," + i);
    series = "s";

    refuses(
        file
            + ": of 300 rows in all 0 can be trained on, at least 100 are needed; left out: 300"
            + " refused; refused: 300 rows, the first because series has 3000 characters, at most"
            + " 256",
        file);
  }

  @Test
  void aRefusedRowNeitherTrainsNorMovesTheBorder() throws Exception {
    String name = "s".repeat(300);
    Path file = write("x.csv", "s,a", 1_000, i -> (i % 10 == 0 ? name : "m") + "," + i);
    series = "s";

    CsvReplay replay = read(file);

    assertThat(replay.readings()).hasSize(1_000);
    assertThat(replay.training()).isEqualTo(new TrainingPart(minute(200), 200, 0, 0, 23));
    assertThat(replay.notes())
        .contains("refused: 100 rows, the first because series has 300 characters, at most 256");
  }

  @Test
  void theStepIsThatOfASeriesHoweverManyThereAre() throws Exception {
    Path file =
        write(
            "x.csv",
            "t,s,a",
            3_000,
            i -> (1_700_000_000L + 86_400L * (i / 100) + i % 100) + ",m" + i % 100 + "," + i);
    time = "t";
    series = "s";

    assertThat(read(file).step()).isEqualTo(Duration.ofDays(1));
  }

  private static Instant minute(int minute) {
    return Instant.parse("2000-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
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
