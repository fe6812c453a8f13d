package io.nelbo.model.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScalerTest {
  private static final FeatureScale GLOBAL =
      new FeatureScale(new double[] {0, 0}, new double[] {10, 100});
  private static final FeatureScale PUMP =
      new FeatureScale(new double[] {5, 50}, new double[] {2, 4});
  private static final Scaler SCALER =
      Scaler.of(GLOBAL, Map.of("pump-1", PUMP), Map.of("pump-1", -1.5));

  @Test
  void scalesOneRecordFromAndToAnOffset() {
    float[] raw = {99, 7, 58};
    float[] scaled = new float[4];

    SCALER.toScaled("pump-1", raw, 1, scaled, 2);

    assertThat(scaled).containsExactly(0, 0, 1, 2);
  }

  @Test
  void whatWasNotObservedStaysUnobserved() {
    float[] scaled = new float[2];

    SCALER.toScaled("pump-1", new float[] {Float.NaN, 50}, 0, scaled, 0);

    assertThat(scaled).containsExactly(Float.NaN, 0f);
  }

  @Test
  void aScaledValueComesBackRaw() {
    assertThat(SCALER.toRaw("pump-1", 1, 2)).isEqualTo(58);
    assertThat(SCALER.toRaw("unseen", 1, 2)).isEqualTo(200);
  }

  @Test
  void theLogDeterminantCountsObservedFeaturesOnly() {
    assertThat(SCALER.logDeterminant("pump-1", new float[] {1, 1}, 0, 2))
        .isCloseTo(Math.log(2) + Math.log(4), within(1e-12));
    assertThat(SCALER.logDeterminant("pump-1", new float[] {Float.NaN, 1}, 0, 2))
        .isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void aGaussianDensityIsTheSameInRawAndScaledSpace() {
    float[] raw = {8, 47};
    float[] scaled = new float[2];
    SCALER.toScaled("pump-1", raw, 0, scaled, 0);

    double rawNats = gaussianNats(8, 5, 2) + gaussianNats(47, 50, 4);
    double scaledNats = gaussianNats(scaled[0], 0, 1) + gaussianNats(scaled[1], 0, 1);

    assertThat(scaledNats + SCALER.logDeterminant("pump-1", raw, 0, 2))
        .isCloseTo(rawNats, within(1e-6));
  }

  @Test
  void scoreOffsetsAreReplacedAndZeroForUnseenSeries() {
    Scaler other = SCALER.withScoreOffsets(Map.of("pump-2", 3.0));

    assertThat(SCALER.scoreOffset("pump-1")).isEqualTo(-1.5);
    assertThat(SCALER.scoreOffset("unseen")).isZero();
    assertThat(other.scoreOffset("pump-1")).isZero();
    assertThat(other.scoreOffset("pump-2")).isEqualTo(3);
    assertThat(other.knows("pump-1")).isTrue();
  }

  @Test
  void aScaleThatCannotDivideIsRefused() {
    assertThatThrownBy(() -> new FeatureScale(new double[] {0}, new double[] {0}))
        .hasMessage("scale of column 0 must be finite and positive, got 0.0");
    assertThatThrownBy(() -> SCALER.withScoreOffsets(Map.of("pump-1", Double.NaN)))
        .hasMessage("score offset of series pump-1 must be finite, got NaN");
  }

  private static double gaussianNats(double x, double mean, double deviation) {
    double z = (x - mean) / deviation;
    return 0.5 * z * z + Math.log(deviation) + 0.5 * Math.log(2 * Math.PI);
  }
}
