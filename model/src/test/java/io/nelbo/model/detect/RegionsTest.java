package io.nelbo.model.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.detect.FrameExplanation.Region;
import io.nelbo.model.record.Frames;
import io.nelbo.model.score.HeatMap;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

final class RegionsTest {
  private static final int SIDE = 32;

  @Test
  void aWideDefectIsToldOnceNotAsBoxesWithinEachOther() {
    HeatMap map = map((row, column) -> 40 * hill(row, column, 16, 16, 5));

    List<Region> regions = Regions.explain(map, new Frames(SIDE, SIDE, 1)).regions();

    assertThat(regions).hasSize(1);
    assertThat(regions.get(0).peakX()).isEqualTo(16);
    assertThat(regions.get(0).peakY()).isEqualTo(16);
  }

  @Test
  void twoDefectsWithALevelGroundBetweenThemAreTwo() {
    HeatMap map =
        map((row, column) -> 40 * hill(row, column, 6, 6, 2) + 3 * hill(row, column, 26, 24, 2));

    List<Region> regions = Regions.explain(map, new Frames(SIDE, SIDE, 1)).regions();

    assertThat(regions).extracting(Region::peakX).containsExactly(6, 24);
    assertThat(regions).extracting(Region::peakY).containsExactly(6, 26);
  }

  @Test
  void aFrameWithoutAStrangePlaceHasTheOneThatIsStrangest() {
    HeatMap map = map((row, column) -> 0.5 * hill(row, column, 9, 20, 2));

    List<Region> regions = Regions.explain(map, new Frames(SIDE, SIDE, 1)).regions();

    assertThat(regions).extracting(Region::peakX).containsExactly(20);
  }

  private static double hill(double row, double column, int top, int left, double width) {
    double far = Math.hypot(row - top, column - left) / width;
    return Math.exp(-0.5 * far * far);
  }

  private static HeatMap map(DoubleBinaryOperator value) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(Math.floorDiv(i, SIDE), i % SIDE);
    }
    return new HeatMap(SIDE, SIDE, values);
  }
}
