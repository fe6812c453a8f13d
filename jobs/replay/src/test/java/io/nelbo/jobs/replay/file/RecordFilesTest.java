package io.nelbo.jobs.replay.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvValues;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.schemas.SensorRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordFilesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void readsCsvFilesOfAPatternInTheOrderOfTheirNamesPlainOrGzip() throws IOException {
    Files.writeString(folder.resolve("b.csv"), "time,series,c,b,a\n2026-01-01 12:01:00,p,3,2,1\n");
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
      gzip.write(
          "a,b,c,series,time,fault\n1,,3,p,2026-01-01T12:00:00Z,1\n"
              .getBytes(StandardCharsets.UTF_8));
    }

    List<Decoded> read =
        read(
            files(
                List.of(folder.resolve("*.csv*").toString()),
                CsvColumns.none(),
                withFields("{label: fault}")));

    assertThat(read)
        .extracting(
            record -> record.wellFormed().series(),
            Decoded::partition,
            Decoded::offset,
            record -> record.wellFormed().label())
        .containsExactly(tuple("p", 0, 0L, 1), tuple("p", 1, 0L, -1));
    assertThat(read.get(0).wellFormed().features()).containsExactly(1, Float.NaN, 3);
    assertThat(read.get(1).wellFormed().features()).containsExactly(1, 2, 3);
    assertThat(read.get(0).eventTimeMillis()).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void theContextOfARowIsThatOfTheSameRecordOnTheTopic() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "time,load,a,b,c,d\n2026-01-01T06:00:00Z,,1,2,3,4\n");
    NelboConfig config = TestConfig.of("context: {fields: [d, load], calendar: [hour-of-day]}\n");

    List<Decoded> read = read(files(List.of(file.toString()), CsvColumns.none(), config));

    assertThat(read.get(0).wellFormed().features())
        .containsExactly(new float[] {1, 2, 3, 4, Float.NaN, 1, 0}, within(1e-6f));
  }

  @Test
  void aFileWithoutASeriesColumnIsOneSeriesNamedAfterTheDetector() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "a,b,c\n1,2,3\n");

    List<Decoded> read = read(files(List.of(file.toString()), CsvColumns.none(), TestConfig.of()));

    assertThat(read).extracting(record -> record.wellFormed().series()).containsExactly("test");
  }

  @Test
  void aRowThatTheTopicWouldRefuseIsADeadLetter() throws IOException {
    Path file = folder.resolve("x.csv");
    String longName = "x".repeat(257);
    Files.writeString(
        file, "series,time,a,b,c\np,2026-01-01,1,2,3\n" + longName + ",2026-01-01,1,2,3\n");

    RecordFiles files = files(List.of(file.toString()), CsvColumns.none(), TestConfig.of());

    assertThat(read(files)).extracting(RecordFilesTest::reason).containsExactly("", "NO_SERIES");
    assertThat(files.refusals())
        .contains(
            "1 of 2 rows cannot be used and are dead letters; the first is %s line 3: series has 257 characters, at most 256"
                .formatted(file));
  }

  @Test
  void aRowThatCannotBeUsedStopsBeforeTheJobStartsWithFileAndLine() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "a,b,c\n1,2,3\n1,two,3\n");

    assertThatThrownBy(() -> files(List.of(file.toString()), CsvColumns.none(), TestConfig.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " line 3: column b holds \"two\"");
  }

  @Test
  void namesFilesThatAreNotThere() {
    String missing = folder.resolve("none.csv").toString();
    String pattern = folder.resolve("*.avro").toString();

    assertThatThrownBy(() -> files(List.of(missing), CsvColumns.none(), TestConfig.of()))
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> files(List.of(pattern), CsvColumns.none(), TestConfig.of()))
        .hasMessage(pattern + ": no file matches");
    assertThatThrownBy(() -> files(List.of(folder.toString()), CsvColumns.none(), TestConfig.of()))
        .hasMessage(
            "%s is a directory: name its files, like %s"
                .formatted(folder, folder.resolve("*.csv.gz")));
  }

  @Test
  void readsSensorRecordsOfAnAvroContainerByTheRulesOfTheTopic() throws IOException {
    Path file = folder.resolve("records.avro");
    try (DataFileWriter<SensorRecord> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(SensorRecord.class))) {
      writer.create(SensorRecord.getClassSchema(), file.toFile());
      writer.append(new SensorRecord("p", NOON, List.of(1f, Float.NaN, 3f), true));
      writer.append(new SensorRecord("p", NOON, List.of(1f, 2f), null));
    }

    List<Decoded> read = read(files(List.of(file.toString()), CsvColumns.none(), TestConfig.of()));

    assertThat(read).hasSize(2);
    assertThat(read.get(0).wellFormed().features()).containsExactly(1, Float.NaN, 3);
    assertThat(read.get(0).wellFormed().label()).isEqualTo(1);
    assertThat(read.get(1).refusal().reason()).isEqualTo("WRONG_FEATURES");
    assertThat(read.get(1).refusal().message()).isEqualTo("found 2 features, expected 3");
    assertThat(read.get(1).offset()).isEqualTo(1);
  }

  @Test
  void readsAnySchemaOfAnAvroContainerByTheConfiguredFields() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Reading", "fields": [
                  {"name": "machine", "type": {"type": "record", "name": "Machine", "fields": [
                    {"name": "name", "type": "string"}]}},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "values", "type": {"type": "map", "values": ["null", "double"]}},
                  {"name": "bad", "type": "boolean"}]}
                """);
    Path file = folder.resolve("readings.avro");
    try (DataFileWriter<GenericData.Record> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      GenericData.Record machine = new GenericData.Record(schema.getField("machine").schema());
      machine.put("name", "p7");
      GenericData.Record reading = new GenericData.Record(schema);
      reading.put("machine", machine);
      reading.put("at", NOON.toEpochMilli() * 1_000);
      Map<String, Double> values = new HashMap<>(Map.of("a", 1.5, "c", 3.0, "x", 9.0));
      values.put("b", null);
      reading.put("values", values);
      reading.put("bad", true);
      writer.append(reading);
    }
    NelboConfig config =
        withFields("{series: machine.name, time: at, features: values, label: bad}");

    List<Decoded> read = read(files(List.of(file.toString()), CsvColumns.none(), config));

    assertThat(read).hasSize(1);
    assertThat(read.get(0).isRejected()).isFalse();
    assertThat(read.get(0).wellFormed().series()).isEqualTo("p7");
    assertThat(read.get(0).eventTimeMillis()).isEqualTo(NOON.toEpochMilli());
    assertThat(read.get(0).wellFormed().features()).containsExactly(1.5f, Float.NaN, 3);
    assertThat(read.get(0).wellFormed().label()).isEqualTo(1);
  }

  @Test
  void aBrokenContainerAndAMixtureOfKindsAreRefused() throws IOException {
    Path broken = folder.resolve("broken.avro");
    Files.write(broken, new byte[] {'O', 'b', 'j', 1, 7, 7, 7});
    Path csv = folder.resolve("x.csv");
    Files.writeString(csv, "a,b,c\n1,2,3\n");

    assertThatThrownBy(() -> files(List.of(broken.toString()), CsvColumns.none(), TestConfig.of()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(broken + " is no Avro container file");
    assertThatThrownBy(
            () ->
                files(
                    List.of(broken.toString(), csv.toString()), CsvColumns.none(), TestConfig.of()))
        .hasMessage(
            "%s is an Avro container file and %s is a CSV file: replay them apart"
                .formatted(broken, csv));
  }

  @Test
  void rowsOutOfOrderOfTimeStayAndTheFirstIsToldOnce() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(
        file,
        """
        time,a,b,c
        2026-01-01T12:00:00Z,1,2,3
        2026-01-01T12:02:00Z,1,2,3
        2026-01-01T12:01:00Z,1,2,3
        2026-01-01T12:02:00Z,1,2,3
        """);

    RecordFiles files = files(List.of(file.toString()), CsvColumns.none(), TestConfig.of());
    RecordFiles ordered =
        files(List.of(file.toString()), CsvColumns.none(), TestConfig.of("order: {bound: 5m}\n"));

    assertThat(read(files)).hasSize(4);
    assertThat(files.notes())
        .containsExactly(
            "2 rows are late, not after an earlier row of their series, and neither scored nor"
                + " trained on; the first is "
                + file
                + " line 4, 2026-01-01T12:01:00Z after 2026-01-01T12:02:00Z");
    assertThat(ordered.notes()).hasSize(1).allMatch(note -> note.startsWith("1 rows are late"));
  }

  @Test
  void readsJsonLinesByTheRulesOfTheTopicPlainOrGzip() throws IOException {
    Path file = folder.resolve("dump");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(
          """

          {"time": 1767268800, "series": "p", "a": 1, "b": null, "c": "3"}

          {"time": "soon", "series": "p", "a": 1}
          """
              .getBytes(StandardCharsets.UTF_8));
    }

    RecordFiles files = files(List.of(file.toString()), CsvColumns.none(), TestConfig.of());

    List<Decoded> read = read(files);
    assertThat(read).extracting(RecordFilesTest::reason).containsExactly("", "NO_TIME");
    assertThat(read.get(0).eventTimeMillis()).isEqualTo(NOON.toEpochMilli());
    assertThat(read.get(0).wellFormed().features()).containsExactly(1, Float.NaN, 3);
    assertThat(files.refusals().orElseThrow())
        .startsWith("1 of 2 rows cannot be used and are dead letters; the first is " + file)
        .contains(" line 4: event time holds \"soon\", which is no time: ");
  }

  @Test
  void aZoneThatIsGivenForFilesReadsItsDoubledHourAndTellsItsSkippedOne() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(
        file,
        """
        time,a,b,c
        29.03.2026 02:30:00,1,2,3
        25.10.2026 02:00:00,1,2,3
        25.10.2026 02:30:00,1,2,3
        25.10.2026 02:00:00,1,2,3
        25.10.2026 02:30:00,1,2,3
        """);
    CsvValues berlin = new CsvValues(EpochUnit.AUTO, ZoneId.of("Europe/Berlin"), true, false);
    CsvColumns columns = new CsvColumns("", "", "", Duration.ofMinutes(1), berlin);

    RecordFiles files = files(List.of(file.toString()), columns, TestConfig.of());

    assertThat(read(files))
        .extracting(read -> Instant.ofEpochMilli(read.eventTimeMillis()).toString())
        .containsExactly(
            "2026-03-29T01:30:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z");
    assertThat(files.notes())
        .containsExactly(
            "1 rows stand in an hour that Europe/Berlin skips, the first in line 2: they are read"
                + " as if the clock had not been put forward; is --time-zone right?");
  }

  private static RecordFiles files(List<String> patterns, CsvColumns columns, NelboConfig config)
      throws IOException {
    return RecordFiles.of(
        patterns, columns, config, ReplayRange.between(Optional.empty(), Optional.empty()));
  }

  private static NelboConfig withFields(String fields) {
    return TestConfig.of("source: {topic: t.records, fields: " + fields + "}\n");
  }

  private static List<Decoded> read(RecordFiles files) throws IOException {
    List<Decoded> read = new ArrayList<>();
    files.forEach(read::add);
    assertThat(files.size()).isEqualTo(read.size());
    return read;
  }

  private static String reason(Decoded read) {
    return read.isRejected() ? read.refusal().reason() : "";
  }
}
