package io.nelbo.jobs.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.model.calibrate.AlarmBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReplayReportTest {
  /** Kept after the tests, to be looked at. */
  private static final Path FOLDER = Path.of("target", "reports");

  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void theReportLoadsNothingFromOutside() throws IOException {
    String page = write("replay.html", SampleReplay.labelled(1));

    assertThat(page).doesNotContainPattern("(src|href)\\s*=\\s*[\"']?(https?:)?//");
    assertThat(page).doesNotContainPattern("@import|url\\(\\s*[\"']?(https?:)?//");
    assertThat(page).doesNotContain("{{").contains("Licensed to the Apache Software Foundation");
  }

  @Test
  void namesInTheDataAreNoMarkup() throws IOException {
    String page = write("replay.html", SampleReplay.labelled(1));

    assertThat(block(page)).doesNotContain("<");
    JsonNode data = data(page);
    assertThat(data.get("title").asText()).isEqualTo("pumps of hall 2 " + SampleReplay.HOSTILE);
    assertThat(data.get("traces").findValuesAsText("name"))
        .contains(SampleReplay.HOSTILE, SampleReplay.FOREIGN);
  }

  @Test
  void theSummaryTellsInWordsWhatHappened() throws IOException {
    JsonNode data = data(write("replay.html", SampleReplay.labelled(1)));

    assertThat(texts(data.get("summary")))
        .contains(
            "30,000 records of 5 series from 2026-03-01 00:00:00 UTC to 2026-03-05 03:59:00 UTC,"
                + " read from 3 files of history/*.csv.gz.",
            "29,500 were scored. 500 were not: before the first model. 12 records came too"
                + " late. 3 records could not be read.",
            "Scored by model v000001 9,500 records, model v000002 20,000 records.");
    assertThat(texts(data.get("warnings")))
        .contains(
            "5 records were scored by another than the governing model, which had not loaded in"
                + " time (overdue).",
            "The lead-in began 1 h before --from.");
    assertThat(data.get("curves").get("points")).isNotEmpty();
    assertThat(data.get("latent").get("neighbours"))
        .hasSameSizeAs(data.get("latent").get("principal"));
  }

  @Test
  void aBudgetPerSeriesAndDayStandsBesideWhatWasMeasured() {
    AlarmBudget asked = new AlarmBudget.EpisodeRate(0.1, 600_000);
    Map<String, Object> unlabelled = Map.of("episodes_per_series_day", 0.96);
    Map<String, Object> labelled =
        Map.of(
            "episodes_per_series_day",
            0.96,
            "metrics",
            Map.of("false_alarms_per_series_day", 0.048));

    assertThat(sentences(asked, Map.of()))
        .contains("At most 0.1 false alarms per series and day are asked for.");
    assertThat(sentences(asked, unlabelled))
        .contains(
            "At most 0.1 false alarms per series and day are asked for; without labels, all"
                + " episodes count: 0.96.");
    assertThat(sentences(asked, labelled))
        .contains(
            "At most 0.1 false alarms per series and day are asked for; the episodes without a"
                + " record labelled anomalous are 0.048.");
  }

  @Test
  void theModelCardSaysWhatTheModelGoesBackTo() {
    List<ReplayResult.UsedModel> models = SampleReplay.labelled(1).models();

    Map<String, String> first =
        UsedModelCard.of(models.get(0), 1, new AlarmBudget.RecordRate(0.001));
    Map<String, String> second =
        UsedModelCard.of(models.get(1), 1, new AlarmBudget.RecordRate(0.001));

    assertThat(first)
        .doesNotContainKey("Recalibrated")
        .containsEntry(
            "Likelihood",
            "student with 12 degrees of freedom, standard deviation at least 0.05 of the scale,"
                + " encoder clips at 10");
    assertThat(second)
        .containsEntry("Why", "recalibrate")
        .containsEntry(
            "Recalibrated",
            "v000001, on 4,000 normal records from 2026-03-01 00:00:00 UTC to 2026-03-02"
                + " 00:00:00 UTC");
  }

  @Test
  void withoutLabelsTheReportSaysWhatIsUndefined() throws IOException {
    JsonNode data = data(write("unlabelled.html", SampleReplay.unlabelled(2)));

    assertThat(texts(data.get("summary")))
        .contains("There are no labels, so nothing can be said of what was missed.");
    assertThat(data.get("curves").isNull()).isTrue();
    assertThat(data.get("normal").asText()).startsWith("all 29,500 records without a label");
  }

  @Test
  void equalLabelsLeaveTheCurvesUndefined() throws IOException {
    ReplayResult labelled = SampleReplay.labelled(1);
    ReplayResult normal =
        new ReplayResult(
            "pumps",
            "a file",
            new AlarmBudget.RecordRate(0.001),
            labelled.rows().stream().filter(row -> row.label() == 0).toList(),
            List.of(),
            Map.of(),
            labelled.models(),
            List.of());

    JsonNode data = data(write("normal.html", normal));

    assertThat(texts(data.get("summary")))
        .contains(
            "All labelled records are normal: AUROC, average precision and F1 are undefined.");
    assertThat(data.get("curves").isNull()).isTrue();
    assertThat(data.get("latent").isNull()).isTrue();
  }

  @Test
  void anEmptyReplayHasAReportToo() throws IOException {
    ReplayResult empty =
        new ReplayResult(
            "pumps",
            "an empty topic",
            new AlarmBudget.RecordRate(0.001),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of());

    JsonNode data = data(write("empty.html", empty));

    assertThat(texts(data.get("summary"))).contains("There was no record in an empty topic.");
  }

  private static String write(String name, ReplayResult result) throws IOException {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(name);
    new ReplayReport(1).write(file, result);
    return Files.readString(file);
  }

  private static List<String> sentences(AlarmBudget asked, Map<String, Object> metrics) {
    ReplayResult result =
        new ReplayResult(
            "pumps", "a file", asked, List.of(), List.of(), metrics, List.of(), List.of());
    return new ReplaySummary(result, LabelledScores.of(List.of())).sentences();
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper().readTree(block(page));
  }

  private static String block(String page) {
    Matcher block = DATA.matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
