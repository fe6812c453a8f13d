package io.nelbo.model.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExpectationTest {
  @Test
  void theSpreadOfTheDrawsAddsToTheirOwnVariance() {
    float[] means = {9, 1, 5, 9, 3, 5}; // two draws of three columns, of which the last two count
    float[] variances = {9, 2, 0, 9, 4, 0};

    Expectation expectation = Expectation.overDraws(means, variances, 1, 3, 2);

    assertThat(expectation.mean()).containsExactly(2, 5);
    assertThat(expectation.standardDeviation()).containsExactly(2, 0); // of 3 and 1, and of 0
  }
}
