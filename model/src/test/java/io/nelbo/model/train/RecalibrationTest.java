package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Segment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RecalibrationTest {
  private static final long LATER = 2_000_000_000L;
  private static final AlertRules RULES = new AlertRules(Duration.ofSeconds(5));
  private static final AlarmBudget FIVE_PERCENT = new RecordRate(0.05);

  private static ModelArtifact parent;

  @BeforeAll
  static void trainOnce() throws Exception {
    TrainingSpan span =
        SyntheticPlant.span(List.of(new SyntheticPlant(1).segment("pump", 3000, 0)));
    parent =
        new Trainer()
            .train(
                SyntheticPlant.request(span, SyntheticPlant.config(1, 400).withAlerts(RULES)),
                TrainingListener.NONE)
            .artifact();
  }

  @Test
  void recordsThatHaveBecomeNoisierAlarmAtTheAskedRateAgain() throws Exception {
    Recalibration.Outcome outcome = recalibration(FIVE_PERCENT).fit(noisier(4000, 2), 7);
    Recalibration.Outcome fresh =
        new Recalibration(outcome.artifact(), FIVE_PERCENT, RULES, "cpu").fit(noisier(4000, 3), 8);

    assertThat(outcome.before().orElseThrow().recordRate()).isGreaterThan(0.2);
    assertThat(outcome.after().recordRate()).isCloseTo(0.05, within(0.001));
    assertThat(outcome.after().statistic())
        .isGreaterThan(outcome.before().orElseThrow().statistic());
    // the second one measures the first one's border on records that it has not seen
    assertThat(fresh.before().orElseThrow().recordRate()).isCloseTo(0.05, within(0.015));
    assertThat(fresh.before().orElseThrow().statistic())
        .isCloseTo(outcome.after().statistic(), within(1e-9));
  }

  @Test
  void onlyTheCalibrationIsNew() throws Exception {
    TrainingSpan records = noisier(2000, 4);

    ModelArtifact made = recalibration(FIVE_PERCENT).fit(records, 7).artifact();

    Manifest manifest = made.manifest();
    assertThat(made.tensors()).isEqualTo(parent.tensors());
    assertThat(manifest.version()).isEqualTo("v000007");
    assertThat(manifest.scaler()).isSameAs(parent.manifest().scaler());
    assertThat(manifest.calibration().table().sample()).isEqualTo(2000);
    assertThat(manifest.provenance().trigger()).isEqualTo("recalibrate");
    assertThat(manifest.provenance().records()).isEqualTo(parent.manifest().provenance().records());
    assertThat(parent.manifest().provenance().trainingDigest()).isPresent();
    assertThat(manifest.provenance().trainingDigest()).isEmpty();
    assertThat(manifest.provenance().recalibrated())
        .hasValue(
            new Provenance.Recalibrated(
                "v000001",
                new Provenance.Records(LATER, LATER + 2_000_000, 2000, records.digest())));
  }

  @Test
  void aModelWithoutEpisodesLearnsToKeepToThem() throws Exception {
    Manifest manifest = parent.manifest();
    ModelArtifact old =
        new ModelArtifact(
            manifest.recalibrated(
                "v000001",
                Calibration.of(manifest.calibration().table()),
                manifest.provenance(),
                manifest.figures()),
            parent.tensors());
    double perDay = 86_400 / 100.0; // one in a hundred records

    Recalibration.Outcome outcome =
        new Recalibration(old, new EpisodeRate(perDay, 5000), RULES, "cpu")
            .fit(noisier(4000, 5), 2);

    assertThat(outcome.before()).isEmpty();
    assertThat(outcome.after().episodesPerSeriesDay().orElseThrow())
        .isBetween(0.9 * perDay, perDay);
    assertThat(outcome.artifact().manifest().calibration().episodes()).isPresent();
  }

  @Test
  void aModelOfSingleRecordsLearnsToKeepToItsBudgetInMeans() throws Exception {
    AlarmBudget budget = new RecordRate(0.05, 4);
    AlertRules rules = new AlertRules(Duration.ofSeconds(5), 4);

    Recalibration.Outcome outcome =
        new Recalibration(parent, budget, rules, "cpu").fit(noisier(4000, 2), 7);
    Recalibration.Outcome fresh =
        new Recalibration(outcome.artifact(), budget, rules, "cpu").fit(noisier(4000, 3), 8);

    assertThat(outcome.before()).isEmpty();
    assertThat(outcome.after().recordRate()).isCloseTo(0.05, within(0.001));
    assertThat(fresh.before().orElseThrow().recordRate()).isCloseTo(0.05, within(0.02));
    // single records are judged as ever
    assertThat(outcome.artifact().manifest().calibration().borderPValue(FIVE_PERCENT))
        .isEqualTo(0.05);
  }

  @Test
  void fewerRecordsThanAnybodyCouldCalibrateOnAreCounted() {
    assertThatThrownBy(() -> recalibration(FIVE_PERCENT).fit(noisier(60, 6), 2))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "60 normal records give 60 windows of 1 to calibrate on, at least 100 are needed:"
                + " widen --from and --to, or give more files by --input");
  }

  @Test
  void aWorseCalibrationThanTheParentsIsRefusedWithWhatIsNeeded() {
    assertThatThrownBy(() -> recalibration(new RecordRate(0.001)).fit(noisier(200, 6), 2))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("200 windows of normal records support 0.0")
        .hasMessageContaining("as the false-alarm rate, model v000001 supports 0.00")
        .hasMessageContaining("and 0.0010 is asked for: about ")
        .hasMessageEndingWith(
            " windows are needed; widen --from and --to, or give more files by --input, or raise"
                + " alert.false-alarm-rate");
  }

  @Test
  void recordsWithoutTimeBetweenThemCannotCountEpisodes() {
    Segment run = new SyntheticPlant(6).segment("pump", 200, LATER);
    List<Segment> apart =
        IntStream.range(0, 200)
            .mapToObj(i -> new Segment("pump-" + i, new long[] {LATER}, row(run, i)))
            .toList();
    TrainingSpan once = new TrainingSpan(parent.manifest().featureNames(), apart, LATER, LATER + 1);

    assertThatThrownBy(() -> recalibration(new EpisodeRate(10, 5000)).fit(once, 2))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the records have no time between them, so episodes cannot be counted: give a longer"
                + " stretch (--from, --to, --input), or ask for alert.false-alarm-rate instead of"
                + " alert.false-alarms-per-series-day");
  }

  @Test
  void recordsOfTheTrainingSpanAreWarnedOf() throws Exception {
    TrainingSpan again =
        SyntheticPlant.span(List.of(new SyntheticPlant(1).segment("pump", 3000, 0)));

    assertThat(recalibration(FIVE_PERCENT).fit(again, 2).warnings())
        .singleElement()
        .asString()
        .startsWith("some of these records lie in the span that the model was trained on");
    assertThat(recalibration(FIVE_PERCENT).fit(noisier(2000, 6), 2).warnings()).isEmpty();
  }

  private static Recalibration recalibration(AlarmBudget budget) {
    return new Recalibration(parent, budget, RULES, "cpu");
  }

  private static float[] row(Segment run, int row) {
    int width = SyntheticPlant.FEATURES;
    return Arrays.copyOfRange(run.values(), width * row, width * (row + 1));
  }

  /** Of sensors that have aged: much more noise, a second apart. */
  private static TrainingSpan noisier(int records, long seed) {
    Segment clean = new SyntheticPlant(seed).segment("pump", records, LATER);
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = clean.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (random.nextGaussian() * 4);
    }
    List<String> names = parent.manifest().featureNames();
    return new TrainingSpan(names, List.of(clean), LATER, LATER + records * 1000L);
  }
}
