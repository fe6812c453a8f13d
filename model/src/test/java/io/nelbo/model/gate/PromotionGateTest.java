package io.nelbo.model.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelLabel;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.train.SyntheticPlant;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PromotionGateTest {
  private static final int STEPS = 1_500;
  private static final TrainingSpan CLEAN = span(1, 1_500, UnaryOperator.identity());
  private static final TrainingSpan HELD_OUT = span(2, 600, UnaryOperator.identity());
  private static final ModelArtifact INCUMBENT = train(CLEAN, 1, STEPS);

  @Test
  void aCandidateLikeTheIncumbentIsAcceptedWithItsFigures() {
    ModelArtifact candidate = train(span(3, 1_500, UnaryOperator.identity()), 2, STEPS);

    GateOutcome outcome = judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT);

    assertThat(outcome).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(outcome.comparedWith()).isEqualTo("v000001");
    assertThat(outcome.figures())
        .containsKeys(
            "candidate_negative_elbo",
            "incumbent_negative_elbo",
            "baseline_negative_elbo",
            "difference_lower",
            "difference_upper",
            "power",
            "incumbent_power",
            "calibration_ratio",
            "alarm_rate",
            "active_latents");
    assertThat(figure(outcome, "candidate_negative_elbo"))
        .isLessThan(figure(outcome, "baseline_negative_elbo"));
    assertThat(figure(outcome, "power")).isGreaterThan(0.3);
    assertThat(judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT)).isEqualTo(outcome);
  }

  @Test
  void aCandidateThatLearnedTooLittleIsRejectedForItsDensity() {
    ModelArtifact candidate = train(CLEAN, 2, 5);

    List<String> reasons = reasons(judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT));

    assertThat(reasons)
        .anyMatch(
            reason ->
                reason.startsWith("it explains the held-out rows worse than v000001 by ")
                    && reason.endsWith("allowed are 0.120"));
  }

  @Test
  void aCandidateThatLearnedAFaultAsNormalIsRejectedForWhatItNoLongerNotices() {
    // A third of the rows holds one feature far off: the candidate makes room for that.
    TrainingSpan poisoned = span(3, 1_500, PromotionGateTest::disturbed);
    ModelArtifact candidate = train(poisoned, 2, STEPS);

    GateOutcome outcome = judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT);

    assertThat(reasons(outcome))
        .anyMatch(reason -> reason.matches("it notices \\d+ % of the planted faults, v000001 .*"));
    assertThat(figure(outcome, "power")).isLessThan(figure(outcome, "incumbent_power") - 0.05);
  }

  @Test
  void fewRowsDoNotRejectACandidateForTheLuckOfItsBorder() {
    for (long seed = 3; seed < 8; seed++) {
      ModelArtifact candidate = train(span(seed, 150, UnaryOperator.identity()), seed, STEPS);

      GateOutcome outcome = judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT);

      assertThat(figure(outcome, "power"))
          .as("seed %s", seed)
          .isGreaterThan(figure(outcome, "incumbent_power") - 0.05);
    }
  }

  @Test
  void aNewNormalIsAcceptedAlthoughTheIncumbentAlarmsAtAllOfIt() {
    UnaryOperator<Segment> raised = segment -> changed(segment, (row, value) -> value + 15);
    ModelArtifact candidate = train(span(3, 1_500, raised), 2, STEPS);

    GateOutcome outcome = judge(GatePolicy.NOT_WORSE, candidate, span(4, 600, raised));

    assertThat(outcome).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(figure(outcome, "incumbent_alarm_rate")).isGreaterThan(0.9);
    assertThat(figure(outcome, "power")).isGreaterThan(figure(outcome, "incumbent_power"));
  }

  @Test
  void anIncumbentThatAlarmsAtMostOfANewNormalIsNotPraisedForItsNotice() {
    // The rows that it still finds normal lie just below its border.
    UnaryOperator<Segment> moved = segment -> changed(segment, (row, value) -> value + 1);
    ModelArtifact candidate = train(span(3, 1_500, moved), 2, STEPS);

    GateOutcome outcome = judge(GatePolicy.NOT_WORSE, candidate, span(4, 1_500, moved));

    assertThat(figure(outcome, "incumbent_alarm_rate")).isBetween(0.5, 0.95);
    assertThat(figure(outcome, "power")).isGreaterThan(figure(outcome, "incumbent_power"));
    assertThat(outcome).isInstanceOf(GateOutcome.Accepted.class);
  }

  @Test
  void policyBetterRefusesACopyOfTheIncumbent() {
    GateOutcome outcome = judge(GatePolicy.BETTER, INCUMBENT, HELD_OUT);

    assertThat(reasons(outcome))
        .containsExactly(
            "it is not surely better than v000001: the difference is 0.000 nats per record (95 %"
                + " interval 0.000 to 0.000)");
  }

  @Test
  void policyAlwaysAcceptsWhateverCanScore() {
    ModelArtifact candidate = train(CLEAN, 2, 5);

    assertThat(judge(GatePolicy.ALWAYS, candidate, HELD_OUT))
        .isInstanceOf(GateOutcome.Accepted.class);
  }

  @Test
  void aModelThatAnswersWithNoNumberIsRejectedWhateverThePolicy() {
    Map<String, Tensor> tensors = new HashMap<>(INCUMBENT.tensors());
    tensors.replaceAll(
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          if (name.startsWith("decoder.mean")) {
            Arrays.fill(values, Float.NaN);
          }
          return new Tensor(tensor.shape(), values);
        });
    ModelArtifact broken = new ModelArtifact(INCUMBENT.manifest(), tensors);

    assertThat(reasons(judge(GatePolicy.ALWAYS, broken, HELD_OUT)))
        .allMatch(reason -> reason.matches("tensor decoder\\.mean\\.\\w+ holds NaN, .*"))
        .hasSize(1);
  }

  @Test
  void theFirstModelPassesIfItIsSane() {
    GateOutcome sane = gate(GatePolicy.NOT_WORSE).judge(INCUMBENT, List.of(), CLEAN, CLEAN);
    TrainingSpan foreign = span(3, 600, segment -> changed(segment, (row, value) -> value + 1_000));
    GateOutcome insane = gate(GatePolicy.NOT_WORSE).judge(INCUMBENT, List.of(), CLEAN, foreign);

    assertThat(sane).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(reasons(insane))
        .containsExactly("it alarms at 100 % of the rows that it was made for");
  }

  @Test
  void aPredecessorOfOtherFeaturesIsLeftOutAndNamed() {
    Manifest manifest = INCUMBENT.manifest();
    ModelArtifact foreign =
        new ModelArtifact(
            new Manifest(
                new ModelLabel(
                    manifest.formatVersion(), manifest.modelId(), "v000009", manifest.family()),
                new WindowShape(
                    manifest.windowLength(),
                    new RecordColumns(List.of("a", "b", "c", "d", "e", "f"))),
                manifest.network(),
                manifest.scaler(),
                manifest.featureLosses(),
                manifest.calibration(),
                manifest.provenance(),
                manifest.figures()),
            INCUMBENT.tensors());

    GateOutcome outcome =
        gate(GatePolicy.NOT_WORSE).judge(INCUMBENT, List.of(foreign), CLEAN, HELD_OUT);

    assertThat(outcome).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(outcome.comparedWith()).isEmpty();
    assertThat(outcome.remarks())
        .containsExactly(
            "v000009 is not compared with: it has features [a, b, c, d, e, f] and" + " context []");
  }

  @Test
  void smallLossesDoNotAddUpBecauseTheBestOfTheLastModelsCounts() {
    ModelArtifact declined = train(CLEAN, 3, 60);
    ModelArtifact candidate = train(CLEAN, 2, 60);

    GateOutcome againstTheLast =
        gate(GatePolicy.NOT_WORSE).judge(candidate, List.of(declined), CLEAN, HELD_OUT);
    GateOutcome againstTheBest =
        gate(GatePolicy.NOT_WORSE).judge(candidate, List.of(declined, INCUMBENT), CLEAN, HELD_OUT);

    assertThat(againstTheLast).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(reasons(againstTheBest)).anyMatch(reason -> reason.contains("worse than v000001"));
  }

  @Test
  void aCandidateThatCannotKeepTheAskedRateDoesNotReplaceOneThatCan() {
    ModelArtifact candidate = ofFewRows(INCUMBENT);

    assertThat(reasons(judge(GatePolicy.NOT_WORSE, candidate, HELD_OUT)))
        .anyMatch(
            reason ->
                reason.matches(
                    "its calibration supports 0\\.091 as the false-alarm rate, that of v000001"
                        + " 0\\.00\\d+, and 0\\.0050 is asked for: it would alarm more often; a"
                        + " longer retrain\\.span gives it more rows"));
    assertThat(reasonsIfAny(judge(GatePolicy.NOT_WORSE, INCUMBENT, HELD_OUT))).isEmpty();
  }

  @Test
  void whereTheIncumbentCannotKeepItEitherOrAlarmsAtTheNewNormalTheCandidateMay() {
    ModelArtifact few = ofFewRows(INCUMBENT);
    UnaryOperator<Segment> raised = segment -> changed(segment, (row, value) -> value + 15);
    ModelArtifact adapted = ofFewRows(train(span(3, 1_500, raised), 2, STEPS));

    GateOutcome alike = gate(GatePolicy.NOT_WORSE).judge(few, List.of(few), CLEAN, HELD_OUT);
    GateOutcome changed = judge(GatePolicy.NOT_WORSE, adapted, span(4, 600, raised));

    assertThat(reasonsIfAny(alike)).noneMatch(reason -> reason.contains("supports"));
    assertThat(reasonsIfAny(changed)).noneMatch(reason -> reason.contains("supports"));
  }

  /** The same model, as if ten independent rows had calibrated it. */
  private static ModelArtifact ofFewRows(ModelArtifact model) {
    Manifest manifest = model.manifest();
    CalibrationTable table = manifest.calibration().table();
    Calibration few =
        Calibration.of(
            new CalibrationTable(
                table.statistics(),
                table.atLeast(),
                table.sample(),
                10,
                table.tailThreshold(),
                table.tailShape(),
                table.tailScale()));
    return new ModelArtifact(
        manifest.recalibrated("v000002", few, manifest.provenance(), manifest.figures()),
        model.tensors());
  }

  private static List<String> reasonsIfAny(GateOutcome outcome) {
    return outcome instanceof GateOutcome.Rejected rejected ? rejected.reasons() : List.of();
  }

  @Test
  void tooFewHeldOutRowsCompareNothing() {
    TrainingSpan few = span(2, 20, UnaryOperator.identity());

    assertThat(reasons(judge(GatePolicy.NOT_WORSE, INCUMBENT, few)))
        .containsExactly("40 windows are held out, a comparison needs 50: a longer retrain.span");
  }

  private static GateOutcome judge(
      GatePolicy policy, ModelArtifact candidate, TrainingSpan heldOut) {
    return gate(policy).judge(candidate, List.of(INCUMBENT), CLEAN, heldOut);
  }

  private static PromotionGate gate(GatePolicy policy) {
    return new PromotionGate(new GateSettings(policy, new DetectorSettings(0.005, 0.5, "cpu"), 1));
  }

  private static double figure(GateOutcome outcome, String name) {
    return outcome.figures().getOrDefault(name, Double.NaN);
  }

  private static List<String> reasons(GateOutcome outcome) {
    assertThat(outcome).isInstanceOf(GateOutcome.Rejected.class);
    return ((GateOutcome.Rejected) outcome).reasons();
  }

  private static TrainingSpan span(long seed, int records, UnaryOperator<Segment> change) {
    SyntheticPlant plant = new SyntheticPlant(seed);
    return SyntheticPlant.span(
        List.of(
            change.apply(plant.segment("a", records, 0)),
            change.apply(plant.segment("bb", records, 0))));
  }

  private interface Change {
    double of(int row, double value);
  }

  private static Segment changed(Segment segment, Change change) {
    float[] values = segment.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) change.of(i / segment.columns(), values[i]);
    }
    return new Segment(segment.series(), segment.eventTimeMillis(), values);
  }

  /** Every feature of a third of the rows is off by as much as chance wants. */
  private static Segment disturbed(Segment segment) {
    SplittableRandom random = new SplittableRandom(9);
    return changed(
        segment, (row, value) -> row % 3 == 0 ? value + 12 * random.nextGaussian() : value);
  }

  private static ModelArtifact train(TrainingSpan span, long version, int steps) {
    try {
      return new Trainer()
          .train(
              new TrainingRequest(
                  "plant", version, span, SyntheticPlant.config(1, steps), "manual"),
              TrainingListener.NONE)
          .artifact();
    } catch (TrainingException e) {
      throw new IllegalStateException(e);
    }
  }
}
