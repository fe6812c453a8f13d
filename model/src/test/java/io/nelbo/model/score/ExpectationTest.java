package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExpectationTest {
  @Test
  void theSpreadOfTheDrawsAddsToTheirOwnVariance() {
    // two draws of three rows of three columns; two rows count, and two columns
    float[] means = {7, 7, 7, 1, 5, 9, 9, 9, 9, 7, 7, 7, 3, 5, 9, 9, 9, 9};
    float[] variances = {7, 7, 7, 2, 0, 9, 9, 9, 9, 7, 7, 7, 4, 0, 9, 9, 9, 9};

    List<Expectation> expectations =
        Expectation.overDraws(means, variances, new Expectation.Placing(2, 3, 3, 2));

    assertThat(expectations).hasSize(2);
    Expectation expectation = expectations.get(1);
    assertThat(expectation.mean()).containsExactly(2, 5);
    assertThat(expectation.standardDeviation()).containsExactly(2, 0); // of 3 and 1, and of 0
  }
}
