package io.nelbo.jobs.evaluate;

import static io.nelbo.jobs.evaluate.TinyBenchmark.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoiseSuiteTest {
  @TempDir private Path folder;

  @Test
  void pairsVaryLessThanPlainDrawsAndMoreDrawsVaryLess() throws Exception {
    Path data = folder.resolve("data");
    TinyBenchmark.gzip(
        data.resolve("bond.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(1, 400, 20));

    EvaluationReport report =
        TinyBenchmark.evaluate(TinyBenchmark.plan("noise", data, folder.resolve("out")));

    Map<String, OptionalDouble> bond = report.sets().getOrDefault("bond", Map.of());
    for (int samples : NoiseSuite.SAMPLES) {
      assertThat(figure(bond, "ratio_" + samples)).isBetween(0.0, 1.0);
      assertThat(figure(bond, "ratio_" + samples))
          .isCloseTo(
              figure(bond, "variance_" + samples) / figure(bond, "plain_variance_" + samples),
              within(1e-12));
      assertThat(figure(bond, "auroc_" + samples)).isGreaterThan(0.9);
    }
    // Plain Monte Carlo: sixteen times the draws, a sixteenth of the variance.
    assertThat(figure(bond, "plain_variance_2") / figure(bond, "plain_variance_32"))
        .as("as far as twenty seeds tell")
        .isBetween(6.0, 40.0);
  }

  @Test
  void plainDrawsAreIndependentUnitGaussians() {
    Tensor noise = NoiseSuite.plain(32, 500, 1);

    SummaryStatistics draws = new SummaryStatistics();
    for (float value : noise.values()) {
      draws.addValue(value);
    }
    assertThat(noise.shape()).containsExactly(32, 500);
    assertThat(draws.getMean()).isCloseTo(0, within(0.03));
    assertThat(draws.getVariance()).isCloseTo(1, within(0.05));
    assertThat(NoiseSuite.plain(32, 500, 1).values()).isEqualTo(noise.values());
  }
}
