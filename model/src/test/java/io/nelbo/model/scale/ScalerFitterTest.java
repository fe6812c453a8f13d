package io.nelbo.model.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.Segment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class ScalerFitterTest {
  private static final float NAN = Float.NaN;

  @Test
  void theGlobalScaleIsMeanAndPopulationDeviationOfWhatWasObserved() {
    Segment segment = segment("pump-1", 2, 4, NAN, 4, 4, 5, 5, NAN, 7, 9);

    Scaler scaler = ScalerFitter.fit(List.of(segment), 1, false);

    assertThat(scaler.global().centre()).containsExactly(5.0);
    assertThat(scaler.global().scale()[0]).isEqualTo(2.0, within(1e-12));
  }

  @Test
  void seriesThatLieABillionApartKeepTheirOwnUnitVariance() {
    Segment low = segment("low", 1000, index -> index % 2 == 0 ? -1 : 1);
    Segment high = segment("high", 1000, index -> 1e9 + (index % 2 == 0 ? -640 : 640));

    Scaler scaler = ScalerFitter.fit(List.of(low, high), 1, true);

    assertThat(scaled(scaler, "low", -1)).isCloseTo(-1, within(0.2));
    assertThat(scaled(scaler, "low", 1)).isCloseTo(1, within(0.2));
    assertThat(scaled(scaler, "high", (float) 1e9 - 640)).isCloseTo(-1, within(0.2));
    assertThat(scaled(scaler, "high", (float) 1e9 + 640)).isCloseTo(1, within(0.2));
  }

  @Test
  void offsetsOfABillionDoNotCancelTheVariance() {
    Segment segment = segment("pump-1", 1000, index -> 1e9 + (index % 2 == 0 ? -640 : 640));

    Scaler scaler = ScalerFitter.fit(List.of(segment), 1, true);

    assertThat(scaler.scaleOf("pump-1", 0)).isEqualTo(640.0, within(1e-6));
    assertThat(scaler.toRaw("pump-1", 0, 0)).isEqualTo(1e9, within(1e-6));
  }

  @Test
  void aQuietSeriesIsNotWidenedByAWildOne() {
    SplittableRandom random = new SplittableRandom(1);
    Segment quiet = segment("quiet", 1000, index -> random.nextGaussian());
    Segment wild = segment("wild", 1000, index -> 1000 * random.nextGaussian());

    Scaler scaler = ScalerFitter.fit(List.of(quiet, wild), 1, true);

    assertThat(scaler.scaleOf("quiet", 0)).isBetween(0.9, 1.4);
    assertThat(scaler.scaleOf("wild", 0)).isBetween(700.0, 1100.0);
  }

  @Test
  void equalSeriesAreShrunkByFiftyRecordsToTheGlobalCentre() {
    Segment fewRecords = segment("few", 0, 2, 0, 2, 0, 2, 0, 2, 0, 2);
    Segment manyRecords = segment("many", 1000, index -> index % 2 == 0 ? 0.2 : 2.2);

    Scaler scaler = ScalerFitter.fit(List.of(fewRecords, manyRecords), 1, true);

    double global = (10 * 1.0 + 1000 * 1.2) / 1010;
    assertThat(scaler.global().centre()[0]).isEqualTo(global, within(1e-6));
    assertThat(scaler.toRaw("few", 0, 0)).isEqualTo((10 * 1.0 + 50 * global) / 60, within(1e-3));
    assertThat(scaler.scaleOf("few", 0)).isEqualTo(1.0, within(1e-6));
  }

  @Test
  void anUnseenSeriesIsJudgedByTheSpreadBetweenSeriesToo() {
    Segment low = segment("low", 100, index -> index % 2);
    Segment high = segment("high", 100, index -> 1000 + index % 2);

    Scaler scaler = ScalerFitter.fit(List.of(low, high), 1, true);

    assertThat(scaler.knows("low")).isTrue();
    assertThat(scaler.knows("new")).isFalse();
    assertThat(scaler.scaleOf("new", 0)).isEqualTo(500, within(1.0));
    assertThat(scaled(scaler, "new", 500.5f)).isCloseTo(0, within(1e-6));
  }

  @Test
  void withoutScalingBySeriesAllAreKnownAndUseTheGlobalScale() {
    Segment low = segment("low", 100, index -> index % 2);
    Segment high = segment("high", 100, index -> 1000 + index % 2);

    Scaler scaler = ScalerFitter.fit(List.of(low, high), 1, false);

    assertThat(scaler.knows("low")).isTrue();
    assertThat(scaler.scaleOf("low", 0)).isEqualTo(scaler.scaleOf("new", 0));
  }

  @Test
  void oneSentinelValueDoesNotWidenTheScale() {
    Segment clean = segment("a", 5000, index -> index % 100);
    Segment glitch = segment("a", 5000, index -> index == 777 ? 1e30 : index % 100);

    double cleanScale = ScalerFitter.fit(List.of(clean), 1, true).scaleOf("a", 0);
    double glitchScale = ScalerFitter.fit(List.of(glitch), 1, true).scaleOf("a", 0);

    assertThat(glitchScale).isBetween(cleanScale, 1.5 * cleanScale);
  }

  @Test
  void burstsThatComeBackCountInFull() {
    Segment bursts = segment("a", 5000, index -> index % 100 == 0 ? 1000 : index % 2);

    double scale = ScalerFitter.fit(List.of(bursts), 1, true).scaleOf("a", 0);

    double deviation = 1000 * Math.sqrt(0.01 * 0.99);
    assertThat(scale).isBetween(0.9 * deviation, 1.1 * deviation);
  }

  @Test
  void aConstantFeatureThatMovesLaterIsStrangeAndFinite() {
    Segment zeros = segment("pump-1", 100, index -> 0);
    Segment hundreds = segment("pump-1", 100, index -> 100);
    Segment billions = segment("pump-1", 100, index -> 1e9);

    double fromZero = scaled(ScalerFitter.fit(List.of(zeros), 1, true), "pump-1", 1);
    double fromHundred = scaled(ScalerFitter.fit(List.of(hundreds), 1, true), "pump-1", 101);
    double fromBillion = scaled(ScalerFitter.fit(List.of(billions), 1, true), "pump-1", 1.01e9f);

    assertThat(fromZero).isEqualTo(1);
    assertThat(fromHundred).isCloseTo(10, within(1e-3));
    assertThat(fromBillion).isCloseTo(10, within(1e-3));
  }

  @Test
  void aFeatureThatIsConstantInOneSeriesOnlyTakesATenthOfTheTypicalScale() {
    Segment constant = segment("constant", 100_000, index -> 7);
    Segment moving = segment("moving", 1000, index -> index % 2 == 0 ? -10 : 10);

    Scaler scaler = ScalerFitter.fit(List.of(constant, moving), 1, true);

    assertThat(scaler.scaleOf("constant", 0)).isEqualTo(1.0, within(0.01));
  }

  @Test
  void aFeatureThatWasNeverObservedInASeriesUsesTheGlobalScale() {
    Segment blind = new Segment("blind", times(2), new float[] {1, NAN, 2, NAN});
    Segment seeing = new Segment("seeing", times(2), new float[] {1, 10, 2, 30});

    Scaler scaler = ScalerFitter.fit(List.of(blind, seeing), 2, true);

    assertThat(scaler.toRaw("blind", 1, 0)).isEqualTo(20);
    assertThat(scaler.scaleOf("blind", 1)).isEqualTo(10);
  }

  @Test
  void aFeatureThatWasNeverObservedAtAllIsLeftAsItIs() {
    Segment blind = segment("blind", NAN, NAN);

    Scaler scaler = ScalerFitter.fit(List.of(blind), 1, true);

    assertThat(scaled(scaler, "blind", 3)).isEqualTo(3);
  }

  @Test
  void theOrderOfSegmentsDoesNotMatterBeyondRounding() {
    SplittableRandom random = new SplittableRandom(2);
    Segment first = segment("a", 300, index -> 5 + random.nextGaussian());
    Segment second = segment("a", 200, index -> 9 + 2 * random.nextGaussian());

    Scaler forward = ScalerFitter.fit(List.of(first, second), 1, true);
    Scaler backward = ScalerFitter.fit(List.of(second, first), 1, true);

    assertThat(forward.scaleOf("a", 0)).isCloseTo(backward.scaleOf("a", 0), within(1e-12));
    assertThat(forward.toRaw("a", 0, 0)).isCloseTo(backward.toRaw("a", 0, 0), within(1e-12));
  }

  @Test
  void infinityIsRefused() {
    Segment segment = segment("pump-1", 1, Float.POSITIVE_INFINITY);

    assertThatThrownBy(() -> ScalerFitter.fit(List.of(segment), 1, true))
        .hasMessage("segment of pump-1 holds an infinite value in column 0");
  }

  @Test
  void anotherNumberOfFeaturesIsRefused() {
    Segment segment = segment("pump-1", 1, 2);

    assertThatThrownBy(() -> ScalerFitter.fit(List.of(segment), 3, true))
        .hasMessage("segment of pump-1 has 1 columns, expected 3");
  }

  private static double scaled(Scaler scaler, String series, float raw) {
    float[] value = {raw};
    scaler.toScaled(series, value, 0, value, 0);
    return value[0];
  }

  private static Segment segment(String series, int records, IntToDoubleFunction valueAt) {
    float[] values = new float[records];
    for (int index = 0; index < records; index++) {
      values[index] = (float) valueAt.applyAsDouble(index);
    }
    return new Segment(series, times(records), values);
  }

  private static Segment segment(String series, float... values) {
    return new Segment(series, times(values.length), values);
  }

  private static long[] times(int records) {
    long[] times = new long[records];
    for (int index = 0; index < records; index++) {
      times[index] = index;
    }
    return times;
  }
}
