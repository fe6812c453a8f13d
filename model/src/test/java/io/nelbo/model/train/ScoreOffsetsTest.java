package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScoreOffsetsTest {
  @Test
  void movesEachSeriesTowardsTheGlobalMedianByHowMuchIsKnownOfIt() {
    List<String> series = new ArrayList<>();
    double[] statistics = new double[160];
    for (int i = 0; i < 160; i++) {
      series.add(i < 150 ? "often" : "seldom");
      statistics[i] = i < 150 ? 10 : 20;
    }

    Map<String, Double> offsets = ScoreOffsets.of(series, statistics);

    assertThat(offsets.get("often")).isEqualTo(0.0);
    assertThat(offsets.get("seldom")).isEqualTo(-10 * 10 / 60.0, within(1e-12));
  }
}
