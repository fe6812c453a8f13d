package io.nelbo.jobs.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.demo.judge.AlarmFigures;
import io.nelbo.jobs.demo.judge.Comparison;
import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.judge.Fates;
import io.nelbo.jobs.demo.judge.FaultOutcome;
import io.nelbo.jobs.demo.judge.Learning;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.judge.PhaseOutcome;
import io.nelbo.jobs.demo.judge.Ranking;
import io.nelbo.jobs.demo.judge.RunFigures;
import io.nelbo.jobs.demo.judge.Verdict;
import io.nelbo.jobs.demo.plant.FaultKind;
import io.nelbo.jobs.demo.plant.PlantedFault;
import io.nelbo.jobs.testing.Anomalies;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.ModelEventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class DemoTextTest {
  private static final Instant NOON = Instant.parse("2026-01-06T12:00:00Z");
  private static final PlantedFault FAULT =
      new PlantedFault(
          FaultKind.BROKEN_CORRELATION,
          "pump-01",
          List.of("flow_m3_per_h"),
          NOON,
          NOON.plus(Duration.ofHours(2)),
          2.5,
          true);

  private final StringWriter written = new StringWriter();

  @Test
  void anAnomalyNamesSensorObservationAndExpectation() {
    LiveView view = view(false);

    view.anomaly(Anomalies.anomaly("e", AnomalyKind.OPENED, NOON, "flow_m3_per_h"), "so it is");
    view.anomaly(Anomalies.anomaly("e", AnomalyKind.CLOSED, NOON, "flow_m3_per_h"), "");

    assertThat(written)
        .hasToString(
            """
            06 Jan 12:00:00  ANOMALY   pump-01  score 2.3  so it is
                             flow_m3_per_h: saw 25.97, expected 12.11 ± 1.765
            """);
  }

  @Test
  void theStatusLineIsRewrittenInPlaceBelowTheLinesThatStay() {
    LiveView view = view(true);

    view.status("one");
    view.line("stays");
    view.status("two");
    view.end();

    String erase = "\r\u001b[2K";
    assertThat(written).hasToString("one" + erase + "stays\none" + erase + "two" + erase);
  }

  @Test
  void headlessOutputHasNoStatusLineAndNoControlCharacters() {
    LiveView view = view(false);

    view.status("one");
    view.line("stays");
    view.status("two");
    view.end();

    assertThat(written).hasToString("stays\n");
  }

  @Test
  void namesFromTheDataCannotStyleOrSteerTheTerminal() {
    LiveView view = view(false);

    view.anomaly(Anomalies.anomaly("e", AnomalyKind.OPENED, NOON, "@|red x|@\u001b[2J"), "");

    assertThat(written.toString()).contains("@ |red x| @?[2J: saw").doesNotContain("\u001b");
  }

  @Test
  void faultsAreToldInTheirOrderAndEpisodesComparedWithThem() {
    FaultTeller teller = new FaultTeller(view(false), List.of(FAULT), Optional.empty());
    Instant within = NOON.plusSeconds(60);
    Instant after = NOON.plus(Duration.ofHours(5));

    teller.anomaly(
        Anomalies.anomaly("e", AnomalyKind.OPENED, within, "flow_m3_per_h"),
        new DetectedEpisode("pump-01", within, within, List.of("flow_m3_per_h")));
    teller.anomaly(
        Anomalies.anomaly("f", AnomalyKind.OPENED, after, "flow_m3_per_h"),
        new DetectedEpisode("pump-01", after, after, List.of("flow_m3_per_h")));

    assertThat(written.toString().lines().filter(line -> !line.startsWith(" ")))
        .containsExactly(
            "06 Jan 12:00:00  planted   pump-01  broken correlation begins",
            "06 Jan 12:01:00  ANOMALY   pump-01  score 2.3  planted fault found",
            "06 Jan 14:00:00  planted   pump-01  broken correlation is over",
            "06 Jan 17:00:00  ANOMALY   pump-01  score 2.3  false alarm");
  }

  @Test
  void falseAlarmsBetweenAChangeOfRegimeAndItsModelAreToldApart() {
    Instant change = NOON.plusSeconds(60);
    FaultTeller teller = new FaultTeller(view(false), List.of(FAULT), Optional.of(change));
    Instant late = NOON.plus(Duration.ofHours(5));
    DetectedEpisode episode = new DetectedEpisode("pump-02", late, late, List.of("x"));

    teller.anomaly(Anomalies.anomaly("e", AnomalyKind.OPENED, late, "flow_m3_per_h"), episode);
    teller.learned();
    teller.anomaly(Anomalies.anomaly("f", AnomalyKind.OPENED, late, "flow_m3_per_h"), episode);

    assertThat(written.toString().lines().filter(line -> !line.startsWith(" ")))
        .containsExactly(
            "06 Jan 12:00:00  planted   pump-01  broken correlation begins",
            "06 Jan 12:01:00  planted   all pumps get another product: a new normal",
            "06 Jan 14:00:00  planted   pump-01  broken correlation is over",
            "06 Jan 17:00:00  ANOMALY   pump-01  score 2.3  false alarm: new normal",
            "06 Jan 17:00:00  ANOMALY   pump-01  score 2.3  false alarm");
  }

  @Test
  void whatIsSaidOfModelsIsCutBetweenWordsAndFitsEightyColumns() {
    view(false).model(NOON, "v000002 activated because it " + "explains more ".repeat(8).strip());

    assertThat(written)
        .hasToString(
            """
            06 Jan 12:00:00  model     v000002 activated because it explains more explains
                                       more explains more explains more explains more
                                       explains more explains more explains more
            """);
  }

  @Test
  void theSummaryHoldsBothRunsSideBySideAndEveryDecision() {
    List<String> lines = new SummaryText(summary(), Ansi.OFF).lines();

    assertThat(lines)
        .containsSubsequence(
            "With retraining / with the first model kept to the end",
            "                      false alarms   normal readings        faults   in open",
            "                    per series-day        that alarm         found     alarm",
            "before the change      0.50 / 0.50   0.10 % / 0.10 %    1 / 0 of 1     0 / 1",
            "from then on          0.25 / 24.00  0.05 % / 50.00 %    0 / 0 of 0     0 / 0",
            "asked: at most                2.88            0.10 %",
            "learned by v000004, 36.5 hours after the change; counted from the whole hour on",
            "Decisions of the retrain job",
            "06 Jan 12:00:00  v000001 activated from 06 Jan 12:00:00 on: the first, trained");
  }

  @Test
  void theSummaryFitsEightyColumns() {
    List<String> lines = new SummaryText(summary(), Ansi.OFF).lines();

    assertThat(lines)
        .flatExtracting(line -> line.lines().toList())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .anySatisfy(line -> assertThat(line).startsWith("broken correlation         1     1"));
  }

  @Test
  void aFaultInAnOpenAlarmIsToldApartFromAMissedOne() {
    List<String> lines = new SummaryText(summary(), Ansi.OFF).lines();

    assertThat(lines)
        .contains(
            "spike                      2     0        1            -        -        2",
            "missed:\n  spike on pump-03 at 06 Jan 12:00:00");
  }

  @Test
  void theFiguresSayOverWhichRecordsTheyAre() {
    List<String> lines = new SummaryText(summary(), Ansi.OFF).lines();

    assertThat(lines)
        .containsSubsequence(
            "Episodes           2 in 40 series-days, of which 1 overlap no fault",
            "AUROC              0.900",
            "                   over all 1,000 scored records with a label, 100 anomalous and",
            "                   900 normal; those before the new normal was learned are among",
            "                   them");
  }

  @Test
  void theSummaryFileHasTheAgreedKeys() throws Exception {
    JsonNode json = new ObjectMapper().readTree(summary().json());

    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "records_in",
            "scored",
            "unscored",
            "late",
            "dead_lettered",
            "overdue",
            "series_days_after_first_model",
            "faults_planted",
            "faults_found",
            "false_alarms_per_series_day",
            "records_per_second",
            "model_versions",
            "seed");
    assertThat(json.get("records_in").asLong()).isEqualTo(1_234_567);
    assertThat(json.get("false_alarms_per_series_day").asDouble()).isEqualTo(0.025);
    assertThat(json.get("records_per_second").asDouble()).isEqualTo(12_345.67);
    assertThat(json.get("faults").get(0).get("delay_seconds").asLong()).isEqualTo(60);
    assertThat(json.at("/comparison/phases/1/first_model_kept/false_alarms_per_series_day").asInt())
        .isEqualTo(24);
    assertThat(json.at("/decisions/0/version").asText()).isEqualTo("v000001");
    assertThat(json.get("faults").get(0).get("size_sigmas").asDouble()).isEqualTo(2.5);
  }

  @Test
  void recordsThatAreUnaccountedForAreWarnedOf() {
    assertThat(summary(67).flow().isBalanced()).isTrue();
    assertThat(new SummaryText(summary(67), Ansi.OFF).lines())
        .noneSatisfy(line -> assertThat(line).startsWith("WARNING"));

    assertThat(summary(60).flow().isBalanced()).isFalse();
    assertThat(new SummaryText(summary(60), Ansi.OFF).lines())
        .contains("WARNING            records in and their fates differ by 7");
  }

  private static PlantedFault spike(String series) {
    return new PlantedFault(
        FaultKind.SPIKE, series, List.of("flow_m3_per_h"), NOON, NOON.plusSeconds(60), 3, true);
  }

  private static DemoSummary summary() {
    return summary(67);
  }

  private static DemoSummary summary(long deadLettered) {
    Verdict verdict =
        new Verdict(
            List.of(
                new FaultOutcome(FAULT, Optional.of(Duration.ofMinutes(1)), false),
                new FaultOutcome(spike("pump-02"), Optional.empty(), true),
                new FaultOutcome(spike("pump-03"), Optional.empty(), false)),
            List.of(new DetectedEpisode("pump-02", NOON, NOON, List.of("flow_m3_per_h"))));
    return new DemoSummary(
        new DemoSummary.Flow(
            1_234_567,
            new Fates(
                1_000_000, Map.of("no model", 234_000L), 500, Map.of("no time", deadLettered), 0),
            Duration.ofSeconds(100),
            true),
        Optional.empty(),
        List.of(
            new Decision(
                NOON,
                ModelEventKind.ACTIVATED,
                "v000001",
                "",
                51_840,
                Optional.of(NOON),
                new Decision.Why(List.of(), false),
                Map.of())),
        new DemoSummary.Detection(
            40, verdict, 2, new Ranking(900, 100, OptionalDouble.of(0.9), OptionalDouble.empty())),
        Optional.of(comparison()),
        Optional.empty(),
        7);
  }

  private static Comparison comparison() {
    Instant later = NOON.plus(Duration.ofDays(1));
    return new Comparison(
        0.001,
        2.88,
        Optional.of(new Learning("v000004", NOON, Duration.ofMinutes(36 * 60 + 30))),
        List.of(
            new PhaseOutcome(
                new Phase("before the change", NOON, later),
                new RunFigures(new AlarmFigures(1_000, 1, 96, 2), 1, 1, 0),
                new RunFigures(new AlarmFigures(1_000, 1, 96, 2), 1, 0, 1)),
            new PhaseOutcome(
                new Phase("from then on", later, later),
                new RunFigures(new AlarmFigures(2_000, 1, 96, 1), 0, 0, 0),
                new RunFigures(new AlarmFigures(2_000, 1_000, 96, 96), 0, 0, 0))));
  }

  private LiveView view(boolean inPlace) {
    return new LiveView(new PrintWriter(written), Ansi.OFF, inPlace);
  }
}
