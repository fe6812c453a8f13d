package io.nelbo.model.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first format's models score as they always did, and as another implementation does. */
final class GoldenScoresTest {
  /** What float32 loses, relative. */
  private static final double ROUNDING = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "golden-scores-1, 1",
    "golden-scores-4, 4",
    "golden-scores-student, 4",
    "golden-scores-second, 4"
  })
  void oldArtifactsScoreAsTheyDidWhenTheyWereMade(String name, int windowLength) throws Exception {
    GoldenScores golden = GoldenScores.of(name, windowLength);

    List<GoldenScores.Score> detected = golden.detected();

    assertThat(golden.rows()).hasSize(12);
    for (int row = 0; row < detected.size(); row++) {
      GoldenScores.Expected expected = golden.rows().get(row);
      assertThat(detected.get(row).reconstruction())
          .as("reconstruction of row %s", row)
          .isEqualTo(expected.reconstruction(), close(expected.reconstruction()));
      assertThat(detected.get(row).kl())
          .as("divergence of row %s", row)
          .isEqualTo(expected.kl(), close(expected.kl()));
    }
  }

  static Offset<Double> close(double value) {
    return within(ROUNDING * (1 + Math.abs(value)));
  }
}
