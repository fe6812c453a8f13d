package io.nelbo.jobs.replay.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvValues;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text means the same, whichever way it comes. */
final class OneGrammarTest {
  private static final String TIME = "2026-11-29T00:00:00Z";
  private static final NelboConfig CONFIG =
      TestConfig.of(
          """
          features: [a]
          source: {topic: t.records, format: json, time-zone: Europe/Berlin, fields: {label: fault}}
          """);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1795910400",
        "1795910400.25",
        "1795910400000",
        "1795910400123456",
        "1795910400123456789",
        "1.7959104e9",
        "0",
        "60000",
        "46387",
        "20261129",
        "2026-11-29T00:00:00.123456789Z",
        "2026-11-29T00:00:00+0100",
        "2026-11-29T00:00:00+01",
        "2026-11-29 00:00:00",
        "2026-11-29",
        "2026-10-25 02:30:00",
        "2026-03-29 02:30:00",
        "2026/11/29 01:02",
        "29.11.2026 01:02:03",
        "11/29/2026",
        "2500-01-01",
        "NA",
        "-",
        "soon"
      })
  void times(String text) throws IOException {
    assertAlike(text, "1", "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "-1.5e3", "+2", ".5", "70F", "12d", "0x1p3", "50,691", "1,234.5", "1e39", "inf", "",
        "NaN", "NA", "#N/A", "null", "none", "-", "?", "bad", "true"
      })
  void numbers(String text) throws IOException {
    assertAlike(TIME, text, "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "1.0", "0", "0.0", "true", "FALSE", "yes", "n", "normal", "anomaly", "", "null", "NA",
        "2", "-1", "maybe"
      })
  void labels(String text) throws IOException {
    assertAlike(TIME, "1", text);
  }

  @Test
  void aDumpOfATopicReplaysAlike() throws IOException {
    List<String> topic =
        List.of(
            "{\"series\":\"p\",\"time\":1795910400,\"a\":1}",
            "{\"series\":\"p\",\"time\":\"2026-11-29 02:00:00\",\"a\":null,\"fault\":1.0}",
            "{\"series\":\"p\",\"time\":60000,\"a\":1}",
            "{\"series\":\"p\",\"time\":1795917600123,\"a\":\"70F\"}",
            "no JSON");
    Path dump = Files.write(folder.resolve("dump.jsonl"), topic);
    RecordDecoder live = RecordDecoder.of(CONFIG);

    List<String> replayed = read(dump, CsvColumns.none());

    assertThat(replayed)
        .containsExactlyElementsOf(topic.stream().map(value -> decoded(live, value)).toList())
        .anyMatch(outcome -> outcome.startsWith("p "))
        .anyMatch(outcome -> outcome.startsWith("NO_TIME"));
  }

  private void assertAlike(String time, String value, String label) throws IOException {
    String json =
        "{\"series\":\"p\",\"time\":\"%s\",\"a\":\"%s\",\"fault\":\"%s\"}"
            .formatted(time, value, label);
    String expected = decoded(RecordDecoder.of(CONFIG), json);
    Path jsonFile = Files.writeString(folder.resolve("x.jsonl"), json + "\n");
    Path csvFile =
        Files.writeString(
            folder.resolve("x.csv"),
            "series,time,a,fault\np,\"%s\",\"%s\",\"%s\"\n".formatted(time, value, label));
    CsvValues skipping =
        new CsvValues(CONFIG.source().timeUnit(), CONFIG.source().zone(), false, true);

    assertThat(read(jsonFile, CsvColumns.none())).containsExactly(expected);
    assertThat(read(csvFile, new CsvColumns("", "", "", Duration.ofMinutes(1), skipping)))
        .containsExactly(expected);
    if (label.equals("0")) {
      String line = "p,\"%s\",\"%s\"".formatted(time, value);
      assertThat(decoded(RecordDecoder.of(CONFIG, Format.CSV), line))
          .isEqualTo(expected.replaceFirst(" 0$", " -1"));
    }
  }

  private static String decoded(RecordDecoder decoder, String value) {
    DecodedRecord record = new DecodedRecord();
    return decoder.decode(null, value.getBytes(UTF_8), -1, record)
        ? outcome(record.series(), record.eventTimeMillis(), record.features()[0], record.label())
        : record.reason().name();
  }

  private static String outcome(String series, long time, float value, int label) {
    return "%s %d %s %d".formatted(series, time, value, label);
  }

  private static List<String> read(Path file, CsvColumns columns) throws IOException {
    List<String> outcomes = new ArrayList<>();
    RecordFiles.of(
            List.of(file.toString()),
            columns,
            CONFIG,
            ReplayRange.between(Optional.empty(), Optional.empty()))
        .forEach(
            (Decoded read) ->
                outcomes.add(
                    read.isRejected() ? read.refusal().reason() : outcome(read.wellFormed())));
    return outcomes;
  }

  private static String outcome(Observation read) {
    return outcome(read.series(), read.eventTimeMillis(), read.features()[0], read.label());
  }
}
